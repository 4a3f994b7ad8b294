import { type ExecutionFacts, idempotencyKeyOf } from '@aitbc/execution-engine';
import { derivedSpanId, parseTraceparent, type TraceContext } from '@aitbc/shared-core';

type Traced = Pick<ExecutionFacts, 'id' | 'traceParent'>;

/** Where the work of an execution stands; its own span is told when it has ended. */
export function executionTrace({ id, traceParent }: Traced): TraceContext | undefined {
  const start = parseTraceparent(traceParent);
  return start && { ...start, spanId: derivedSpanId(id) };
}

/** Where the work of one attempt of a step stands: the same for a re-run after a crash. */
export function attemptTrace(execution: Traced, stepId: string, attempt: number): TraceContext | undefined {
  const start = parseTraceparent(execution.traceParent);
  return start && { ...start, spanId: attemptSpanId(execution.id, stepId, attempt) };
}

/** @param attempt 0 for a step that was skipped */
export function attemptSpanId(executionId: string, stepId: string, attempt: number): string {
  return derivedSpanId(idempotencyKeyOf(executionId, stepId, attempt));
}

/** Of what a step waited for before its first attempt. */
export function waitSpanId(executionId: string, stepId: string): string {
  return derivedSpanId(`${executionId}:${stepId}:wait`);
}
