import { canonicalJson, KeyFinder, keyFinderOf, VerifiedJws, verifyJws } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { isExecutionPayload, isJobPayload } from './receipt-shape';
import { EXECUTION_RECEIPT_TYP, JOB_RECEIPT_TYP, ReceiptCheck } from './receipt.types';
import { checkJobReceipts } from './verify-job-receipts';
import { checkMinerClaim } from './verify-miner-claim';
import { checkSteps } from './verify-steps';

/** A receipt as a client shows it; only `jws` is signed, the rest is checked against it. */
export interface ShownReceipt {
  readonly jws: string;
  readonly payload?: unknown;
  /** The steps of an execution receipt. */
  readonly steps?: unknown;
  /** Compact JWS of job receipts that the steps name. */
  readonly job_receipts?: readonly string[];
  /** Public key of the miner of a job receipt, as JWK or base64url: then its own signature is checked too. */
  readonly miner_key?: unknown;
}

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
  const text = signed.payload;
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
  if (signed.header.typ === JOB_RECEIPT_TYP) checkJob(checks, shown, payload);
  else checkExecution(checks, shown, signed.header.typ === EXECUTION_RECEIPT_TYP ? payload : undefined, findKey);
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
      return payload;
    },
    ({ execution_id: id }) => `receipt of execution ${id} with all its fields`,
  );
  if (!receipt || shown.steps === undefined) return;
  const steps = checkSteps(checks, shown.steps, receipt);
  if (steps && shown.job_receipts) checkJobReceipts(checks, shown.job_receipts, { steps, payload: receipt, findKey });
}

function checkJob(checks: Checks, shown: ShownReceipt, payload: unknown): void {
  const receipt = checks.read(
    'structure',
    () => {
      ensure(isJobPayload(payload), 'it is no job receipt of a version known here');
      return payload;
    },
    ({ job_id: id }) => `receipt of job ${id} with all its fields`,
  );
  if (receipt && shown.miner_key !== undefined) checkMinerClaim(checks, receipt, shown.miner_key);
}
