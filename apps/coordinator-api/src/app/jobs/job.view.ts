import { Job } from '@aitbc/coordinator-domain';
import { fromUnits, timeText } from '@aitbc/shared-core';
import { jobReceiptView } from '../receipts';
import type { JobEnd } from './job.service';
import type { FinishedRow } from './sql/changes';

/** A job in lists: all but the request, which may be large. Times are RFC 3339, money is in coins. */
export function jobSummary(job: Job) {
  return {
    id: job.id,
    job_id: job.id,
    owner_id: job.clientId,
    client_id: job.clientId,
    service_type: job.serviceType,
    state: job.state,
    error: job.error,
    attempts: job.attempts,
    assigned_miner_id: job.assignedMinerId,
    constraints: job.constraints,
    ttl_seconds: job.ttlSeconds,
    cost: job.state === 'COMPLETED' ? coins(job.price) : null,
    payment_id: null,
    payment_status: null,
    payment_amount: coins(job.paymentAmount),
    payment_currency: job.paymentCurrency,
    requested_at: timeText(job.requestedAt),
    expires_at: timeText(job.expiresAt),
    started_at: timeText(job.startedAt),
    completed_at: timeText(job.finishedAt),
    created_at: timeText(job.requestedAt),
    updated_at: timeText(job.updatedAt),
  };
}

/** A job with its request. */
export function jobView(job: Job) {
  return {
    ...jobSummary(job),
    payload: {
      service_type: job.serviceType,
      service_request: JSON.parse(job.serviceRequest) as Record<string, unknown>,
      agent_id: job.agentId,
      execution_id: job.executionId,
      step_id: job.stepId,
    },
  };
}

/** What came of a final job. `result` and `receipt` are null unless it is `COMPLETED`. */
export function jobEndView({ job, receipt }: JobEnd) {
  return {
    job_id: job.id,
    state: job.state,
    error: job.error,
    result: resultOf(job),
    metrics: job.metrics,
    cost: job.state === 'COMPLETED' ? coins(job.price) : null,
    receipt: receipt ? jobReceiptView(receipt) : null,
  };
}

/** An entry of the feed of finished jobs. */
export function finishedJobView({ id, state }: FinishedRow) {
  return { job_id: id, state };
}

export function resultOf(job: Job): unknown {
  return job.result === null ? null : (JSON.parse(job.result) as unknown);
}

function coins(units: number | null): number | null {
  return units === null ? null : fromUnits(units);
}
