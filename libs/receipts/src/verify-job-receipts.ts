import { canonicalJson, KeyFinder, toUnits, verifyJws } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { isJobPayload } from './receipt-shape';
import { ExecutionReceiptPayload, JOB_RECEIPT_TYP, JobReceiptPayload, ReceiptStep } from './receipt.types';

interface Linked {
  readonly steps: readonly ReceiptStep[];
  readonly payload: ExecutionReceiptPayload;
  readonly findKey: KeyFinder;
}

/**
 * Checks job receipts that were shown with an execution receipt: signed, each once, named by a step that is shown, of
 * the same owner, paid by it.
 */
export function checkJobReceipts(checks: Checks, shown: unknown, linked: Linked): void {
  if (!Array.isArray(shown)) {
    checks.refuse('job_receipts', 'the job receipts shown are no list');
    return;
  }
  const seen = new Set<string>();
  shown.forEach((jws: unknown, index) => {
    checks.run(`job_receipts/${index}`, () => describeLinked(jws, linked, seen));
  });
}

function describeLinked(jws: unknown, { steps, payload, findKey }: Linked, seen: Set<string>): string {
  const receipt = readJobReceipt(jws, findKey);
  ensure(!seen.has(receipt.receipt_id), `the job receipt ${receipt.receipt_id} is shown twice`);
  seen.add(receipt.receipt_id);
  const step = steps.find((candidate) => candidate.job_receipt_id === receipt.receipt_id);
  ensure(step !== undefined, `no step names the job receipt ${receipt.receipt_id}`);
  ensure(receipt.client_id === payload.owner_id, 'the job was not done for the owner of the execution');
  ensure(toUnits(receipt.cost) <= toUnits(step.cost), `the job cost more than its step ${step.step_id} says`);
  return `job ${receipt.job_id} of step ${step.step_id}`;
}

function readJobReceipt(jws: unknown, findKey: KeyFinder): JobReceiptPayload {
  ensure(typeof jws === 'string', 'a job receipt must be a JWS');
  const { payload: text } = verifyJws(jws, findKey, JOB_RECEIPT_TYP);
  const payload: unknown = JSON.parse(text);
  ensure(isJobPayload(payload) && canonicalJson(payload) === text, 'the job receipt is not well-formed');
  return payload;
}
