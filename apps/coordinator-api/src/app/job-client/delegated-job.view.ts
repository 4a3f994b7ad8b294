import type { JobOutcome, JobProgress, JobSnapshot } from '@aitbc/contracts';

export function snapshotView({ jobId, state, error }: JobSnapshot) {
  return { job_id: jobId, state, error: error ?? null };
}

export function outcomeView(outcome: JobOutcome) {
  return {
    ...snapshotView(outcome),
    client_id: outcome.clientId,
    service_type: outcome.serviceType,
    result: outcome.result ?? null,
    receipt_id: outcome.receiptId ?? null,
    receipt: outcome.receipt ?? null,
    cost_units: outcome.costUnits,
  };
}

export function textView({ chunks, ended }: JobProgress) {
  return { items: chunks.map(({ seq, text, restarts }) => ({ seq, text, restarts })), ended };
}
