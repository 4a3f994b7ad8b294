import type { ExecutionReceiptSummary } from '@aitbc/contracts';
import type { JobReceipt } from '@aitbc/coordinator-domain';
import { fromUnits } from '@aitbc/shared-core';
import { jobReceiptPayload } from '../receipts';
import type { AnyReceipt } from './explorer.service';

/** What anybody may know of a receipt: neither whose it is, nor what went in or came out, but their hashes. */
export function publicReceiptView(entry: AnyReceipt) {
  return entry.kind === 'job' ? jobView(entry.receipt) : executionView(entry.receipt);
}

/** A job has a receipt only once its miner's signature was verified and the job is completed. */
function jobView(receipt: JobReceipt) {
  const { request_hash, result_hash } = jobReceiptPayload(receipt);
  return {
    id: receipt.id,
    kind: 'job',
    subject_id: receipt.jobId,
    status: 'COMPLETED',
    verified: true,
    inputs_hash: request_hash,
    result_hash,
    steps_root: null,
    cost: fromUnits(receipt.cost),
    issued_at: new Date(receipt.issuedAt).toISOString(),
  };
}

function executionView(receipt: ExecutionReceiptSummary) {
  return {
    id: receipt.id,
    kind: 'execution',
    subject_id: receipt.executionId,
    status: receipt.status,
    verified: receipt.verified,
    inputs_hash: receipt.inputsHash,
    result_hash: receipt.resultHash ?? null,
    steps_root: receipt.stepsRoot,
    cost: receipt.totalCost,
    issued_at: new Date(receipt.issuedAt).toISOString(),
  };
}
