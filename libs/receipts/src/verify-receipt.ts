import { canonicalJson, KeyFinder, keyFinderOf, VerifiedJws, verifyJws } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { isExecutionPayload, isJobPayload } from './receipt-shape';
import { EXECUTION_RECEIPT_TYP, ExecutionReceiptPayload, JOB_RECEIPT_TYP, ReceiptCheck } from './receipt.types';
import { checkJobReceipts } from './verify-job-receipts';
import { checkMinerClaim } from './verify-miner-claim';
import { checkProvedStep, checkSteps } from './verify-steps';

/** What may stand beside the JWS: anything else could not be checked, and is refused. */
const BESIDE_EXECUTION = ['payload', 'steps', 'entry', 'inclusion_proof', 'job_receipts'] as const;
/** Facts of a job receipt that the API repeats beside it; `id` is the `receipt_id`. */
const REPEATED = ['id', 'receipt_id', 'job_id', 'client_id', 'miner_id', 'cost', 'issued_at'] as const;
const BESIDE_JOB = ['payload', 'miner_key', ...REPEATED] as const;

type Beside = (typeof BESIDE_EXECUTION | typeof BESIDE_JOB)[number];

/**
 * A receipt as a client shows it. Only `jws` is signed, the rest is checked against it: `steps` are all steps of an
 * execution; `entry` with `inclusion_proof` is one of them alone; `job_receipts` are compact JWS that the steps name;
 * `miner_key` is the public key of the miner of a job, as a JWK or base64url.
 */
export type ShownReceipt = { readonly jws: string } & { readonly [Name in Beside]?: unknown };

export interface ReceiptVerification {
  /** Every check passed. */
  readonly valid: boolean;
  readonly checks: readonly ReceiptCheck[];
}

/**
 * Verifies a receipt offline, from nothing but the receipt and the issuer's JWKS. Never throws: what is wrong is in the
 * checks. What was not shown (steps, job receipts, the miner's key) is not checked and has no entry.
 * @param receipt a shown receipt, or its compact JWS alone.
 */
export function verifyReceipt(receipt: string | ShownReceipt, jwks: unknown): ReceiptVerification {
  const shown = typeof receipt === 'string' ? { jws: receipt } : receipt;
  const findKey = keyFinderOf(jwks);
  const checks = new Checks();
  const signed = checks.read(
    'signature',
    () => readSigned(shown.jws, findKey),
    ({ kid }) => `Ed25519 signature by key ${kid}`,
  );
  if (signed) checkContent(checks, shown, signed, findKey);
  return { valid: checks.valid, checks: checks.all };
}

function readSigned(jws: unknown, findKey: KeyFinder): VerifiedJws {
  ensure(typeof jws === 'string', 'there is no JWS');
  return verifyJws(jws, findKey);
}

function checkContent(checks: Checks, shown: ShownReceipt, signed: VerifiedJws, findKey: KeyFinder): void {
  const { payload: text, header } = signed;
  const payload = checks.read(
    'canonical',
    () => readCanonical(text),
    () => 'the payload is canonical JSON (RFC 8785)',
  );
  if (shown.payload !== undefined) {
    checks.run('payload', () => {
      ensure(canonicalJson(shown.payload) === text, 'the payload shown is not the signed one');
      return 'the payload shown is the signed one';
    });
  }
  if (header.typ === JOB_RECEIPT_TYP) checkJob(checks, shown, payload);
  else checkExecution(checks, shown, header.typ === EXECUTION_RECEIPT_TYP ? payload : undefined, findKey);
}

/** The signed text must be the only text of its content, or two texts could state the same and hash differently. */
function readCanonical(text: string): unknown {
  const payload: unknown = JSON.parse(text);
  ensure(canonicalJson(payload) === text, 'the payload is not canonical JSON');
  return payload;
}

function checkExecution(checks: Checks, shown: ShownReceipt, payload: unknown, findKey: KeyFinder): void {
  const receipt = checks.read(
    'structure',
    () => {
      ensure(isExecutionPayload(payload), 'it is no receipt of a kind and version known here');
      ensureKnown(shown, BESIDE_EXECUTION);
      return payload;
    },
    ({ execution_id: id }) => `receipt of execution ${id} with all its fields`,
  );
  if (!receipt) return;
  checks.run('verified', () => describeVerified(receipt));
  const steps = shownSteps(checks, shown, receipt);
  if (shown.job_receipts !== undefined) {
    checkJobReceipts(checks, shown.job_receipts, { steps, payload: receipt, findKey });
  }
}

/** A receipt may well say that its execution is not verified; it may not say so against its own checks. */
function describeVerified({ verified, verification_level: level, checks }: ExecutionReceiptPayload): string {
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  const passed = checks.length > 0 && failed.length === 0;
  ensure(verified === passed, 'what the receipt says of the execution is not what its own checks say');
  if (verified) return `the execution is verified (${level})`;
  return `the execution is not verified (${failed.length === 0 ? 'no checks were made' : failed.join(', ')})`;
}

/** Checks all steps, one of them alone, or both, as they are shown; gives the well-formed ones. */
function shownSteps(checks: Checks, shown: ShownReceipt, receipt: ExecutionReceiptPayload) {
  const steps = shown.steps === undefined ? undefined : checkSteps(checks, shown.steps, receipt);
  const isAlone = shown.entry !== undefined || shown.inclusion_proof !== undefined;
  const entry = isAlone ? checkProvedStep(checks, shown, receipt) : undefined;
  return [...(steps ?? []), ...(entry ? [entry] : [])];
}

function checkJob(checks: Checks, shown: ShownReceipt, payload: unknown): void {
  const receipt = checks.read(
    'structure',
    () => {
      ensure(isJobPayload(payload), 'it is no job receipt of a version known here');
      ensureKnown(shown, BESIDE_JOB);
      return payload;
    },
    ({ job_id: id }) => `receipt of job ${id} with all its fields`,
  );
  if (!receipt) return;
  const stated = new Map<string, unknown>(Object.entries({ ...receipt, id: receipt.receipt_id }));
  const repeated = REPEATED.filter((name) => shown[name] !== undefined);
  if (repeated.length > 0) {
    checks.run('fields', () => {
      const other = repeated.find((name) => shown[name] !== stated.get(name));
      ensure(other === undefined, `${other} is not what the receipt says`);
      return `${repeated.join(', ')} are what the receipt says`;
    });
  }
  if (shown.miner_key !== undefined) checkMinerClaim(checks, receipt, shown.miner_key);
}

function ensureKnown(shown: ShownReceipt, names: readonly string[]): void {
  const unknown = Object.entries(shown).find(
    ([name, value]) => name !== 'jws' && value !== undefined && !names.includes(name),
  );
  ensure(unknown === undefined, `${unknown?.[0]} cannot be checked against such a receipt`);
}
