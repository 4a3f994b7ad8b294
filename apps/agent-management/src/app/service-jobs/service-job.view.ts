import type { JobOutcome, ServiceDescription } from '@aitbc/contracts';
import { fromUnits } from '@aitbc/shared-core';
import type { ServiceJob } from './service-job.service';

/** A kind of job in the list of services. */
export function serviceBody(kind: ServiceDescription) {
  const { type, name, description, models, minersOnline, schema, constraints } = kind;
  return { id: type, type, name, description, models, miners_online: minersOnline, schema, constraints };
}

/** Answer of a submission. */
export function submittedBody({ jobId, serviceType, status, estimatedCompletion }: ServiceJob) {
  return {
    job_id: jobId,
    service_type: serviceType,
    status,
    estimated_completion: estimatedCompletion === null ? null : new Date(estimatedCompletion).toISOString(),
  };
}

/** What came of a completed job whose text was streamed. */
export function streamedOutcomeBody(outcome: JobOutcome) {
  return { ...outcomeBody(outcome), receipt_id: outcome.receiptId ?? null };
}

/** A job with what came of it, as far as it has got. */
export function outcomeBody({ jobId, serviceType, state, result, error, receipt, costUnits }: JobOutcome) {
  return {
    job_id: jobId,
    service_type: serviceType,
    status: state,
    result: result ?? null,
    error: error ?? null,
    receipt: receipt ?? null,
    cost: fromUnits(costUnits),
  };
}
