import { derivedSpanId, parseTraceparent, type TraceContext } from '@aitbc/shared-core';

/**
 * Where what is done for a job stands: below the job's own span, which is told when the job has ended. Its id follows
 * from the job's, so that miners can name it as their parent before.
 */
export function jobTrace(jobId: string, traceParent: string | null): TraceContext | undefined {
  const submitter = parseTraceparent(traceParent);
  return submitter && { ...submitter, spanId: derivedSpanId(jobId) };
}
