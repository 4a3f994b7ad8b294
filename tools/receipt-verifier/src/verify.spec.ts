import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EXECUTION_RECEIPT_TYP,
  type ExecutionReceiptPayload,
  issueExecutionReceipt,
  issueJobReceipt,
  JOB_RECEIPT_TYP,
  proveStep,
  type ShownReceipt,
  verifyReceipt,
} from '@aitbc/receipts';
import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import { temporaryFolder, type TemporaryFolder } from '@aitbc/shared-core/testing';

const VERIFIER = join(__dirname, '../verify.mjs');
const key = generateSigningKey();
const miner = generateSigningKey();
const sign = (payload: string, typ = EXECUTION_RECEIPT_TYP) => signJws(payload, key, typ);
const jwks = { keys: [{ ...key.jwk, kid: key.kid, use: 'sig', alg: 'EdDSA' }] };
const at = '2026-01-31T09:15:00.000Z';
const issue = { receiptId: 'rcpt_1', issuedAt: Date.parse(at) };
const hash = sha256Hex('x');

const step = (id: string, costUnits: number) => ({
  ...{ step_id: id, attempt: 1, status: 'completed', input_hash: hash, output_hash: null },
  ...{ started_at: at, completed_at: at, costUnits },
});
const receipt = issueExecutionReceipt(
  {
    ...{
      execution_id: 'exec_1',
      workflow_id: 'wf_1',
      workflow_version: 1,
      workflow_hash: hash,
      owner_id: 'ü 🦊 \u2028',
    },
    ...{ status: 'failed', inputs_hash: hash, result_hash: null, verification_level: 'full', verified: false },
    ...{ checks: [{ name: 'completed', ok: false, detail: '"quoted"\n\u0001' }], started_at: at, completed_at: null },
    ...{ issuer: 'https://aitbc.example' },
    // Amounts that are written with an exponent, with many digits, and that sum to more than one amount may be.
    steps: [step('a', 1), step('B', 6_710_886_399_999_999), step('b', 123), step('a_1', 30_000_000), step('z', 1)],
  },
  { sign: (payload, typ) => sign(payload, typ) },
  issue,
);
const claim = { job_id: 'job_1', attempt: 1, miner_id: 'miner_1', result_hash: hash };
const job = issueJobReceipt(
  {
    ...{ ...claim, client_id: 'alice', service_type: 'x', request_hash: hash, costUnits: 7, completed_at: at },
    ...{ miner_jws: signJws(canonicalJson(claim), miner, 'aitbc-miner-result+jws'), issuer: 'https://aitbc.example' },
  },
  { sign: (payload, typ) => sign(payload, typ) },
  issue,
);

const { payload } = receipt;
const signedAs = (changes: object) => sign(canonicalJson({ ...payload, ...changes }));
const withoutIssuer = Object.fromEntries(Object.entries(payload).filter(([name]) => name !== 'issuer'));
const text = canonicalJson(payload);
const [header = '', body = '', signature = ''] = receipt.jws.split('.');
const headed = (fields: object) => {
  const head = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${head}.${body}.${signature}`;
};
const proved = proveStep(receipt.steps, 'b');
const alone = { jws: receipt.jws, ...proved };

const VALID: Record<string, unknown> = {
  'a bare JWS': receipt.jws,
  'a document with all steps': { jws: receipt.jws, payload, steps: receipt.steps, job_receipts: [] },
  'steps in another order': { jws: receipt.jws, steps: [...receipt.steps].reverse() },
  ...Object.fromEntries(
    receipt.steps.map(({ step_id: id }) => [`step ${id} alone`, { jws: receipt.jws, ...proveStep(receipt.steps, id) }]),
  ),
  'a job': { jws: job.jws, payload: job.payload, id: 'rcpt_1', cost: 0.00000007, miner_key: miner.jwk },
  "a miner's raw key": { jws: job.jws, miner_key: miner.jwk.x },
  'no steps at all': { jws: signedAs({ steps_root: sha256Hex(''), steps_count: 0, total_cost: 0 }), steps: [] },
  'no checks': signedAs({ checks: [] }),
};

const INVALID: Record<string, unknown> = {
  'white space in the payload': sign(JSON.stringify(payload, undefined, 1)),
  'members in another order': sign(JSON.stringify(payload)),
  'a number in another form': sign(text.replace('"steps_count":5', '"steps_count":5.0')),
  'an escape that is not needed': sign(text.replace('exec_1', '\\u0065xec_1')),
  'a member twice': sign(text.replace('"version":1', '"version":1,"version":1')),
  'an unsafe integer': sign(text.replace('"workflow_version":1', '"workflow_version":9007199254740993')),
  'half a surrogate pair': sign(text.replace('exec_1', '\\ud800')),
  'a payload that is no JSON': sign('{'),
  'a payload that is no object': sign('[]'),
  'an unknown member': signedAs({ note: 1 }),
  'a missing member': sign(canonicalJson(withoutIssuer)),
  'another version': signedAs({ version: 2 }),
  'a status that is not final': signedAs({ status: 'running' }),
  'a hash in capitals': signedAs({ inputs_hash: hash.toUpperCase() }),
  'a time without milliseconds': signedAs({ issued_at: '2026-01-31T09:15:00Z' }),
  'a negative cost': signedAs({ total_cost: -1 }),
  'verified against its checks': signedAs({ verified: true }),
  'verified without checks': signedAs({ verified: true, checks: [] } satisfies Partial<ExecutionReceiptPayload>),
  'a check without a verdict': signedAs({ checks: [{ name: 'x', detail: '' }] }),
  'another type': sign(text, 'JWT'),
  'the type of a job': sign(text, JOB_RECEIPT_TYP),
  'an algorithm that signs nothing': headed({ alg: 'none', kid: key.kid, typ: EXECUTION_RECEIPT_TYP }),
  'header extensions': headed({ alg: 'EdDSA', crit: ['x'], kid: key.kid, typ: EXECUTION_RECEIPT_TYP }),
  'a key id that is no text': headed({ alg: 'EdDSA', kid: 1, typ: EXECUTION_RECEIPT_TYP }),
  'an unknown key': signJws(text, miner, EXECUTION_RECEIPT_TYP),
  'a fourth part': `${receipt.jws}.x`,
  'two parts': `${header}.${body}`,
  'no signature': `${header}.${body}.`,
  padding: `${receipt.jws}==`,
  'another spelling of the signature': header + '.' + body + '.' + respelt(signature),
  'another spelling of the payload': header + '.' + respelt(body) + '.' + signature,
  'no JWS': { jws: 7 },
  'a member that nobody can check': { jws: receipt.jws, note: 'good' },
  'steps of a job': { jws: job.jws, steps: [] },
  'a miner of an execution': { jws: receipt.jws, miner_key: miner.jwk },
  'another payload beside it': { jws: receipt.jws, payload: { ...payload, status: 'completed' } },
  'no payload beside it': { jws: receipt.jws, payload: null },
  'a step less': { jws: receipt.jws, steps: receipt.steps.slice(1) },
  'a step twice': { jws: receipt.jws, steps: [...receipt.steps, receipt.steps[0]] },
  'steps that are none': { jws: receipt.jws, steps: null },
  'a total that is not theirs': { jws: signedAs({ total_cost: 1 }), steps: receipt.steps },
  'an entry without proof': { jws: receipt.jws, entry: proved.entry },
  'a proof without entry': { jws: receipt.jws, inclusion_proof: proved.inclusion_proof },
  'a proof of another place': { ...alone, inclusion_proof: { ...proved.inclusion_proof, leaf_index: 0 } },
  'a proof of a larger tree': { ...alone, inclusion_proof: { ...proved.inclusion_proof, tree_size: 6 } },
  'a proof with a hash more': { ...alone, inclusion_proof: withPath([...proved.inclusion_proof.inclusion_path, hash]) },
  'a proof with a hash less': { ...alone, inclusion_proof: withPath(proved.inclusion_proof.inclusion_path.slice(1)) },
  'a proof with no hash': { ...alone, inclusion_proof: withPath([]) },
  'a job receipt that no step names': { ...alone, job_receipts: [job.jws] },
  'an execution as a job receipt': { ...alone, job_receipts: [receipt.jws] },
  'job receipts that are no list': { ...alone, job_receipts: job.jws },
  'a job of another id': { jws: job.jws, id: 'rcpt_2' },
  'a job of another miner': { jws: job.jws, miner_key: key.jwk },
  "a miner's key that is none": { jws: job.jws, miner_key: { ...miner.jwk, crv: 'X25519' } },
  "a miner's private key": { jws: job.jws, miner_key: miner.privateJwk },
};

describe('the verifier that shares no code with the platform', () => {
  let folder: TemporaryFolder;
  beforeAll(() => {
    folder = temporaryFolder();
    writeFileSync(folder.file('jwks.json'), JSON.stringify(jwks));
  });
  afterAll(() => folder.remove());

  function verifier(input: string, ...args: string[]) {
    const all = [VERIFIER, '--jwks', folder.file('jwks.json'), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { input, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  it.each([
    ['valid', VALID, true],
    ['not valid', INVALID, false],
  ])('finds %s what the platform finds so', (_name, documents, expected) => {
    const input = Object.values(documents).map((document) => JSON.stringify(document));
    const lines = verifier(input.join('\n'), '--lines', '-').stdout.trim().split('\n');
    const theirs = lines.map((line) => JSON.parse(line) as { valid: boolean; reason?: string });
    const verdicts = Object.entries(documents).map(([name, document], index) => {
      const ours = verifyReceipt(document as ShownReceipt, jwks).valid;
      return { name, ours, theirs: theirs[index]?.valid };
    });
    expect(verdicts).toEqual(verdicts.map(({ name }) => ({ name, ours: expected, theirs: expected })));
    expect(theirs.filter(({ valid, reason }) => !valid && !reason)).toEqual([]);
  });

  it('tells its verdict by its exit code', () => {
    expect(verifier(receipt.jws, '-')).toEqual({ status: 0, stdout: 'valid\n', stderr: '' });
    expect(verifier(JSON.stringify({ jws: receipt.jws, note: 1 }), '-')).toEqual({
      ...{ status: 1, stdout: 'not valid: note cannot be checked\n', stderr: '' },
    });
    for (const [input, ...args] of [['', '-'], ['{', '-'], ['{}'], ['{}', 'absent.json']]) {
      expect(verifier(input ?? '', ...args)).toMatchObject({
        ...{ status: 2, stdout: '', stderr: expect.stringContaining('unusable input') },
      });
    }
  });
});

function withPath(path: readonly string[]) {
  return { ...proved.inclusion_proof, inclusion_path: path };
}

/** The same bytes with the unused bits of the last character set, as many decoders would take it; else with one more. */
function respelt(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.slice(-1));
  return part.length % 4 === 0 ? `${part}A` : part.slice(0, -1) + alphabet[last + 1];
}
