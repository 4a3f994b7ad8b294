/**
 * Verifies AITBC receipts offline. It needs Node (20 or newer) and nothing else: no package, no network, no part of the
 * platform. It was written from docs/receipts.md and shares no code with the platform, so that each checks the other.
 *
 *     node verify.mjs --jwks jwks.json receipt.json     one document: a JSON document or a bare JWS; - is standard input
 *     node verify.mjs --jwks jwks.json --lines - < f    one document on each line; one line of JSON for each
 *
 * Exit code: 0 valid (with --lines: every line was judged), 1 not valid, 2 unusable input.
 */
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';

const EXECUTION = 'aitbc-execution-receipt+jws';
const JOB = 'aitbc-job-receipt+jws';

/** A reason why a receipt is not valid. */
class Refusal extends Error {}

function demand(condition, reason) {
  if (!condition) throw new Refusal(reason);
}

// --- base64url (RFC 4648 section 5, no padding), each byte string by its one text ---

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function decodeBase64url(text, what) {
  const bytes = [];
  let [bits, held] = [0, 0];
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    demand(value >= 0, `${what} is not base64url`);
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  // What is left over can be 0, 2 or 4 bits, all zero: 6 would be a character too many.
  demand(bits < 6 && (held & ((1 << bits) - 1)) === 0 && bytes.length > 0, `${what} is not canonical base64url`);
  return Buffer.from(bytes);
}

function decodeText(text, what) {
  const bytes = decodeBase64url(text, what);
  const decoded = bytes.toString('utf8');
  demand(Buffer.from(decoded, 'utf8').equals(bytes), `${what} is not UTF-8`);
  return decoded;
}

// --- JSON ---

function parse(text, what) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`${what} is not JSON`);
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The canonical text of a JSON value (RFC 8785). ECMAScript's own numbers and strings are those of the RFC. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (isObject(value)) {
    // The default order of `sort` is that of UTF-16 code units, as the RFC wants it.
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${canonical(name)}:${canonical(value[name])}`).join()}}`;
  }
  if (typeof value === 'string') demand(!/\p{Surrogate}/u.test(value), 'a text has half of a surrogate pair');
  if (typeof value === 'number') {
    demand(Number.isFinite(value), 'a number is too large');
    demand(!Number.isInteger(value) || Math.abs(value) <= 9007199254740991, 'an integer is beyond 2^53 - 1');
  }
  return JSON.stringify(value);
}

function demandCanonical(text, what) {
  const value = parse(text, what);
  demand(canonical(value) === text, `${what} is not canonical JSON`);
  return value;
}

// --- JWS (RFC 7515, RFC 8037): EdDSA only ---

/** Ed25519 public keys by `kid`. */
function readKeys(jwks) {
  const keys = new Map();
  for (const jwk of Array.isArray(jwks?.keys) ? jwks.keys : []) {
    if (jwk?.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.x !== 'string') continue;
    if (jwk.use !== undefined && jwk.use !== 'sig') continue;
    const key = publicKey(jwk.x);
    if (key && typeof jwk.kid === 'string') keys.set(jwk.kid, key);
  }
  return keys;
}

function publicKey(x) {
  try {
    demand(decodeBase64url(x, 'a key').length === 32, 'a key has 32 bytes');
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Header and text of a compact JWS, once its signature is verified by the key that `keyOf` gives for the header. */
function openJws(jws, keyOf, what) {
  demand(typeof jws === 'string', `${what} is no JWS`);
  const parts = jws.split('.');
  demand(parts.length === 3, `${what} has not the three parts of a JWS`);
  const header = parse(decodeText(parts[0], 'the header'), 'the header');
  demand(isObject(header) && header.alg === 'EdDSA', 'alg must be EdDSA');
  demand(!('crit' in header) && !('b64' in header), 'the header has extensions');
  demand(
    [header.kid, header.typ].every((value) => value === undefined || anyText(value)),
    'kid and typ must be text',
  );
  const text = decodeText(parts[1], 'the payload');
  const signature = decodeBase64url(parts[2], 'the signature');
  const key = keyOf(header);
  demand(key, `no key for ${header.kid}`);
  demand(verifySignature(null, Buffer.from(`${parts[0]}.${parts[1]}`), key, signature), 'the signature does not match');
  return { typ: header.typ, text };
}

// --- what receipts are made of ---

const text = (value) => typeof value === 'string' && value.length > 0;
const anyText = (value) => typeof value === 'string';
const count = (value) => Number.isSafeInteger(value) && value >= 0;
const amount = (value) => typeof value === 'number' && value >= 0;
const flag = (value) => value === true || value === false;
const hash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const time = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
const one = (value) => value === 1;
const among =
  (...values) =>
  (value) =>
    values.includes(value);
const listOf = (rule) => (value) => Array.isArray(value) && value.every(rule);
const nullable = (rule) => (value) => value === null || rule(value);
const optional = (rule) => Object.assign((value) => rule(value), { optional: true });
const shaped = (rules) => (value) => hasShape(rules, value);

const CHECK = { name: text, ok: flag, detail: anyText };
const EXECUTION_PAYLOAD = {
  ...{ version: one, receipt_id: text, execution_id: text, retry_of: optional(text), workflow_id: text },
  ...{ workflow_version: count, workflow_hash: hash, owner_id: text, agent_id: optional(text) },
  ...{ status: among('completed', 'failed', 'cancelled'), inputs_hash: hash, result_hash: nullable(hash) },
  ...{ steps_root: hash, steps_count: count, total_cost: amount },
  ...{ verification_level: among('basic', 'full', 'zero-knowledge'), verified: flag, checks: listOf(shaped(CHECK)) },
  ...{ started_at: nullable(time), completed_at: nullable(time), issued_at: time, issuer: text },
};
const JOB_PAYLOAD = {
  ...{ version: one, receipt_id: text, job_id: text, miner_id: text, client_id: text, service_type: text },
  ...{ attempt: count, request_hash: hash, result_hash: hash, cost: amount, miner_jws: text },
  ...{ completed_at: time, issued_at: time, issuer: text },
};
const STEP = {
  ...{ step_id: text, attempt: count, status: among('completed', 'failed', 'skipped', 'cancelled') },
  ...{ input_hash: nullable(hash), output_hash: nullable(hash), started_at: nullable(time) },
  ...{ completed_at: nullable(time), cost: amount, job_receipt_id: optional(text) },
};
const PROOF = { leaf_index: count, tree_size: count, inclusion_path: listOf(hash) };

/** Every field that must be there, none that the rules do not name. */
function hasShape(rules, value) {
  if (!isObject(value)) return false;
  if (!Object.keys(value).every((name) => Object.hasOwn(rules, name))) return false;
  return Object.entries(rules).every(([name, rule]) =>
    Object.hasOwn(value, name) ? rule(value[name]) : rule.optional === true,
  );
}

const UNITS_PER_COIN = 100_000_000n;

/** The JSON number of an amount. */
const coinsOf = (sum) => Number(`${sum / UNITS_PER_COIN}.${String(sum % UNITS_PER_COIN).padStart(8, '0')}`);

/** Amounts have at most 8 decimals; they are added as whole numbers of 10^-8. */
function units(coins) {
  const [, sign, digits, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(coins));
  const places = 8 + Number(exponent) - fraction.length;
  demand(sign === '' && places >= 0, `${coins} has more than 8 decimals`);
  const whole = BigInt(digits + fraction) * 10n ** BigInt(places);
  demand(whole < 67108864n * UNITS_PER_COIN, `${coins} is too large`);
  return whole;
}

// --- the Merkle tree (RFC 9162 section 2.1) ---

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (entry) => sha256(Buffer.from([0]), Buffer.from(canonical(entry)));
const join = (left, right) => sha256(Buffer.from([1]), left, right);

/** Root by pairing level after level; a node without a neighbour rises as it is. That is the tree of the RFC. */
function rootOf(leaves) {
  let level = leaves;
  if (level.length === 0) return sha256();
  while (level.length > 1) {
    const next = [];
    for (let index = 0; index < level.length; index += 2) {
      next.push(index + 1 < level.length ? join(level[index], level[index + 1]) : level[index]);
    }
    level = next;
  }
  return level[0];
}

/** Root that a proof leads to: down from the root one sees on which side of the split the leaf lies, and so up again. */
function rootByPath(leaf, index, size, path) {
  if (size === 1) return path.length === 0 ? leaf : undefined;
  if (path.length === 0) return undefined;
  let split = 1;
  while (split * 2 < size) split *= 2;
  const sibling = Buffer.from(path[path.length - 1], 'hex');
  const isLeft = index < split;
  const below = rootByPath(leaf, isLeft ? index : index - split, isLeft ? split : size - split, path.slice(0, -1));
  return below && (isLeft ? join(below, sibling) : join(sibling, below));
}

// --- receipts ---

const FACTS_OF_A_JOB = ['id', 'receipt_id', 'job_id', 'client_id', 'miner_id', 'cost', 'issued_at'];

function demandMembers(shown, allowed) {
  const other = Object.keys(shown).find((name) => name !== 'jws' && !allowed.includes(name));
  demand(other === undefined, `${other} cannot be checked`);
}

function checkExecution(shown, payload, keyOf) {
  demand(hasShape(EXECUTION_PAYLOAD, payload), 'it has not the fields of an execution receipt');
  demandMembers(shown, ['payload', 'steps', 'entry', 'inclusion_proof', 'job_receipts']);
  const passed = payload.checks.length > 0 && payload.checks.every(({ ok }) => ok);
  demand(payload.verified === passed, 'verified is not what the checks say');
  const steps = [];
  if ('steps' in shown) steps.push(...checkSteps(shown.steps, payload));
  if ('entry' in shown || 'inclusion_proof' in shown) steps.push(checkEntry(shown, payload));
  if ('job_receipts' in shown) checkJobReceipts(shown.job_receipts, steps, payload, keyOf);
}

function checkSteps(steps, payload) {
  demand(Array.isArray(steps) && steps.every(shaped(STEP)), 'the steps are not well-formed');
  const ordered = [...steps].sort((a, b) => (a.step_id < b.step_id ? -1 : 1));
  demand(new Set(ordered.map((step) => step.step_id)).size === ordered.length, 'a step is shown twice');
  demand(ordered.length === payload.steps_count, 'there are more or fewer steps than the receipt counts');
  demand(rootOf(ordered.map(leafOf)).toString('hex') === payload.steps_root, 'the steps have another Merkle root');
  const sum = ordered.reduce((total, { cost }) => total + units(cost), 0n);
  demand(coinsOf(sum) === payload.total_cost, 'the costs of the steps do not add up');
  return ordered;
}

function checkEntry({ entry, inclusion_proof: proof }, payload) {
  demand(hasShape(STEP, entry), 'the entry is not well-formed');
  demand(hasShape(PROOF, proof), 'the inclusion proof is not well-formed');
  const { leaf_index: index, tree_size: size, inclusion_path: path } = proof;
  demand(size === payload.steps_count && index < size, 'the proof is of another tree');
  const root = rootByPath(leafOf(entry), index, size, path);
  demand(root?.toString('hex') === payload.steps_root, 'the proof does not lead to the root');
  return entry;
}

function checkJobReceipts(receipts, steps, payload, keyOf) {
  demand(Array.isArray(receipts), 'the job receipts are no list');
  const seen = new Set();
  for (const jws of receipts) {
    const { typ, text: signed } = openJws(jws, keyOf, 'a job receipt');
    const job = demandCanonical(signed, 'a job receipt');
    demand(typ === JOB && hasShape(JOB_PAYLOAD, job), 'it has not the fields of a job receipt');
    demand(!seen.has(job.receipt_id), 'a job receipt is shown twice');
    seen.add(job.receipt_id);
    const step = steps.find((candidate) => candidate.job_receipt_id === job.receipt_id);
    demand(step, `no step that is shown names ${job.receipt_id}`);
    demand(job.client_id === payload.owner_id, 'a job was not done for the owner of the execution');
    demand(units(job.cost) <= units(step.cost), 'a job cost more than its step');
  }
}

function checkJob(shown, payload) {
  demand(hasShape(JOB_PAYLOAD, payload), 'it has not the fields of a job receipt');
  demandMembers(shown, ['payload', 'miner_key', ...FACTS_OF_A_JOB]);
  const facts = { ...payload, id: payload.receipt_id };
  const other = FACTS_OF_A_JOB.find((name) => name in shown && shown[name] !== facts[name]);
  demand(other === undefined, `${other} is not what the receipt says`);
  if (!('miner_key' in shown)) return;
  const jwk =
    typeof shown.miner_key === 'string' ? { kty: 'OKP', crv: 'Ed25519', x: shown.miner_key } : shown.miner_key;
  const sound = jwk?.kty === 'OKP' && jwk.crv === 'Ed25519' && typeof jwk.x === 'string' && !('d' in jwk);
  const key = sound ? publicKey(jwk.x) : undefined;
  demand(key, "the miner's key is no Ed25519 public key");
  const { text: claim } = openJws(payload.miner_jws, () => key, "the miner's signature");
  const { job_id, attempt, miner_id, result_hash } = payload;
  demand(claim === canonical({ job_id, attempt, miner_id, result_hash }), 'the miner signed something else');
}

/** Throws a Refusal when it is not valid. `document` is a parsed receipt, or the text of a compact JWS. */
function verifyDocument(document, jwks) {
  const shown = typeof document === 'string' ? { jws: document } : document;
  demand(isObject(shown), 'it is no receipt');
  const keys = readKeys(jwks);
  const keyOf = ({ kid }) => keys.get(kid);
  const { typ, text: signed } = openJws(shown.jws, keyOf, 'it');
  const payload = demandCanonical(signed, 'the payload');
  if ('payload' in shown) demand(canonical(shown.payload) === signed, 'the payload shown is not the signed one');
  demand(typ === EXECUTION || typ === JOB, 'it is no receipt');
  if (typ === JOB) checkJob(shown, payload);
  else checkExecution(shown, payload, keyOf);
  return payload;
}

function verdictOf(document, jwks) {
  try {
    verifyDocument(document, jwks);
    return { valid: true };
  } catch (error) {
    if (error instanceof Refusal) return { valid: false, reason: error.message };
    throw error;
  }
}

function readDocument(content) {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(content) ? content : JSON.parse(content);
}

function main(args) {
  const isLines = args.includes('--lines');
  const [jwksFlag, jwksPath, path, ...rest] = args.filter((argument) => argument !== '--lines');
  if (jwksFlag !== '--jwks' || path === undefined || rest.length > 0) throw new Error('see the head of this file');
  const jwks = JSON.parse(readFileSync(jwksPath, 'utf8'));
  const content = readFileSync(path === '-' ? 0 : path, 'utf8').trim();
  if (isLines) {
    for (const line of content.split('\n'))
      process.stdout.write(`${JSON.stringify(verdictOf(readDocument(line), jwks))}\n`);
    return 0;
  }
  const { valid, reason } = verdictOf(readDocument(content), jwks);
  process.stdout.write(valid ? 'valid\n' : `not valid: ${reason}\n`);
  return valid ? 0 : 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`unusable input: ${error.message}\n`);
  process.exitCode = 2;
}
