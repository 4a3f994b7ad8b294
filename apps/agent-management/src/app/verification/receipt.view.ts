import { decodeBase64url } from '@aitbc/shared-core';
import type { ExecutionReceipt } from '@aitbc/shared-domain';
import type { ExecutionWithVersion } from '../executions';
import { jobReceiptOf } from './job-receipt-checks';
import type { StepReceipt } from './receipt.service';

/** A receipt as it is given out; `POST /receipts/verify` and offline verifiers take it as it is. */
export function receiptBody(receipt: ExecutionReceipt, { record }: ExecutionWithVersion) {
  return {
    jws: receipt.jws,
    payload: payloadOf(receipt.jws),
    steps: receipt.steps,
    job_receipts: record.steps.flatMap((step) => jobReceiptOf(step) ?? []),
  };
}

/** One step of a receipt as it is given out; it is verified as it is, too. */
export function stepReceiptBody({ document, jobReceipt }: StepReceipt) {
  const { jws, entry, inclusion_proof } = document;
  return {
    jws,
    payload: payloadOf(jws),
    entry,
    inclusion_proof,
    job_receipts: jobReceipt === undefined ? [] : [jobReceipt],
  };
}

function payloadOf(jws: string): unknown {
  return JSON.parse(decodeBase64url(jws.split('.')[1] ?? '')?.toString() ?? 'null');
}
