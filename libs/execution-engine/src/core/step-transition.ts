import { sha256Hex } from '@aitbc/shared-core';
import { isFinalStep, type JsonObject } from '@aitbc/shared-domain';
import type { Draft } from './draft';
import type { StepEvent } from './engine-event';
import { dependenciesMet, type StepState, type StepWait } from './execution-state';
import { type ExecutionPlan, stepOf } from './plan';
import { mayRetry, retryDelayMs } from './retry-policy';

type EventOf<Type extends StepEvent['type']> = Extract<StepEvent, { type: Type }>;

/** Applies a step's event to the draft; false when it came too late (or too early) and changes nothing. */
export function transitionStep(plan: ExecutionPlan, draft: Draft, event: StepEvent): boolean {
  if (draft.state.status === 'pending') return false;
  const before = draft.state.steps.get(event.stepId);
  return before ? continueStep(plan, draft, event, before) : beginStep(plan, draft, event);
}

/** A step without a row: it may start, be skipped, or fail before its start, and only after what it depends on. */
function beginStep(plan: ExecutionPlan, draft: Draft, event: StepEvent): boolean {
  if (!dependenciesMet(plan, draft.state, event.stepId)) return false;
  switch (event.type) {
    case 'step_started':
      return start(plan, draft, event, newStep(plan, event.stepId, event.rowId));
    case 'step_skipped':
      return skip(plan, draft, event);
    case 'step_failed':
      return fail(plan, draft, event, newStep(plan, event.stepId, event.rowId));
    default:
      return false;
  }
}

function continueStep(plan: ExecutionPlan, draft: Draft, event: StepEvent, before: StepState): boolean {
  // Between two attempts only a start counts: any other event is a late word of the attempt that has failed.
  const betweenAttempts = before.wait?.kind === 'retry';
  if (isFinalStep(before.status) || (betweenAttempts && event.type !== 'step_started')) return false;
  switch (event.type) {
    case 'step_started':
      return betweenAttempts && start(plan, draft, event, before);
    case 'step_skipped':
      return false;
    case 'step_failed':
      return fail(plan, draft, event, before);
    case 'step_restarted':
      return restart(plan, draft, event, before);
    case 'step_succeeded':
      return succeed(draft, event, before);
    case 'step_suspended':
      return suspend(draft, event, before);
  }
}

function newStep(plan: ExecutionPlan, stepId: string, id: string): StepState {
  return {
    id,
    stepId,
    stepType: stepOf(plan, stepId).stepType,
    status: 'pending',
    attempt: 0,
    input: null,
    output: null,
    error: null,
    cost: 0,
    metrics: null,
    wait: null,
    deadlineAt: null,
    jobReceiptId: null,
    releasePending: false,
    startedAt: null,
    completedAt: null,
  };
}

function skip(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_skipped'>): boolean {
  draft.putStep({ ...newStep(plan, event.stepId, event.rowId), status: 'skipped', completedAt: event.at });
  draft.set({ completedSteps: draft.state.completedSteps + 1 });
  draft.record('step.skipped', event.stepId);
  return true;
}

function start(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_started'>, step: StepState): boolean {
  draft.putStep({
    ...step,
    status: 'running',
    attempt: step.attempt + 1,
    input: event.input,
    wait: null,
    startedAt: event.at,
    deadlineAt: event.at + stepOf(plan, event.stepId).timeoutMs,
  });
  draft.set({ currentStep: event.stepId });
  draft.record('step.started', event.stepId, { attempt: step.attempt + 1, input_hash: sha256Hex(event.input) });
  return true;
}

/** The attempt keeps its number, and so its idempotency key, but gets its full time again. */
function restart(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_restarted'>, before: StepState): boolean {
  if (before.status !== 'running') return false;
  const deadlineAt = event.at + stepOf(plan, event.stepId).timeoutMs;
  draft.putStep({ ...before, startedAt: event.at, deadlineAt });
  draft.record('step.restarted', event.stepId, { attempt: before.attempt });
  return true;
}

function succeed(draft: Draft, event: EventOf<'step_succeeded'>, before: StepState): boolean {
  draft.putStep({
    ...before,
    status: 'completed',
    output: event.output,
    error: null,
    cost: before.cost + event.cost,
    metrics: event.metrics,
    jobReceiptId: event.jobReceiptId,
    wait: null,
    deadlineAt: null,
    completedAt: event.at,
  });
  draft.set({ completedSteps: draft.state.completedSteps + 1 });
  draft.record('step.completed', event.stepId, {
    attempt: before.attempt,
    cost_units: before.cost + event.cost,
    output_hash: sha256Hex(event.output),
  });
  return true;
}

function fail(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_failed'>, before: StepState): boolean {
  const { code, message } = event.failure;
  const attempt = Math.max(before.attempt, 1);
  const failed = { ...before, attempt, error: { code, message }, cost: before.cost + event.cost, deadlineAt: null };
  const step = stepOf(plan, event.stepId);
  if (mayRetry(step, attempt, event.failure)) {
    const until = event.at + retryDelayMs(step.retryPolicy, attempt, event.random);
    draft.putStep({ ...failed, status: 'waiting', wait: { kind: 'retry', ref: null, until } });
    draft.record('step.retrying', event.stepId, { attempt, code, message, retry_in_ms: until - event.at });
    return true;
  }
  draft.putStep({ ...failed, status: 'failed', wait: null, completedAt: event.at, releasePending: event.release });
  draft.record('step.failed', event.stepId, { attempt, code, message });
  draft.endUnfinished('failed', { code, message: `step '${event.stepId}': ${message}` }, event.stepId);
  return true;
}

function suspend(draft: Draft, event: EventOf<'step_suspended'>, before: StepState): boolean {
  draft.putStep({ ...before, status: 'waiting', wait: event.wait });
  // Looking at a job that is still running is no news: only the first wait for a thing is recorded.
  if (before.wait?.kind !== event.wait.kind || before.wait.ref !== event.wait.ref) {
    draft.record('step.waiting', event.stepId, describeWait(event.wait));
  }
  return true;
}

function describeWait(wait: StepWait): JsonObject {
  return { for: wait.kind, ...(wait.ref === null ? {} : { ref: wait.ref }) };
}
