import { sha256Hex, textOfUnits } from '@aitbc/shared-core';
import { isFinalStep, type JsonObject } from '@aitbc/shared-domain';
import type { StepUse } from '../ports/step-handler.port';
import type { Draft } from './draft';
import type { StepEvent } from './engine-event';
import {
  dependenciesMet,
  exceedsBudget,
  isWaitingToStart,
  overspent,
  reservedCost,
  type StepState,
  type StepWait,
} from './execution-state';
import { type ExecutionPlan, stepOf } from './plan';
import { mayRetry, retryDelayMs } from './retry-policy';
import { beginWait } from './wait-for';

type EventOf<Type extends StepEvent['type']> = Extract<StepEvent, { type: Type }>;

/** Applies a step's event to the draft; false when it came too late (or too early) and changes nothing. */
export function transitionStep(plan: ExecutionPlan, draft: Draft, event: StepEvent): boolean {
  const { status } = draft.state;
  if (status === 'pending' || status === 'paused') return false;
  const before = draft.state.steps.get(event.stepId);
  return before ? continueStep(plan, draft, event, before) : beginStep(plan, draft, event);
}

/** A step without a row: it may start, wait, be skipped, or fail before its start, and only after what it depends on. */
function beginStep(plan: ExecutionPlan, draft: Draft, event: StepEvent): boolean {
  if (!dependenciesMet(plan, draft.state, event.stepId)) return false;
  switch (event.type) {
    case 'step_started':
      return start(plan, draft, event, newStep(plan, event.stepId, event.rowId));
    case 'step_skipped':
      return skip(plan, draft, event);
    case 'step_unprepared':
      return failBeforeStart(plan, draft, event, newStep(plan, event.stepId, event.rowId));
    case 'step_wait_begun':
      return beginWaiting(plan, draft, event);
    default:
      return false;
  }
}

function continueStep(plan: ExecutionPlan, draft: Draft, event: StepEvent, before: StepState): boolean {
  if (isFinalStep(before.status)) return false;
  // Between two attempts (or after its wait) a step only starts: any other word is a late one of the attempt that failed.
  if (before.wait?.kind === 'retry') return startAgain(plan, draft, event, before);
  if (isWaitingToStart(plan, before)) return event.type === 'step_wait_ended' && endWait(draft, event, before);
  switch (event.type) {
    case 'step_failed':
      return fail(plan, draft, event, before);
    case 'step_restarted':
      return restart(plan, draft, event, before);
    case 'step_succeeded':
      return succeed(draft, event, before);
    case 'step_suspended':
      return suspend(draft, event, before);
    default:
      return false;
  }
}

function startAgain(plan: ExecutionPlan, draft: Draft, event: StepEvent, before: StepState): boolean {
  if (event.type === 'step_started') return start(plan, draft, event, before);
  return event.type === 'step_unprepared' && failBeforeStart(plan, draft, event, before);
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
    reservedCost: 0,
    charges: [],
    metrics: null,
    wait: null,
    awaited: null,
    adoptedFrom: null,
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

function beginWaiting(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_wait_begun'>): boolean {
  const waitFor = plan.waits.get(event.stepId);
  if (!waitFor) return false;
  const wait = beginWait(waitFor, event.at);
  draft.putStep({ ...newStep(plan, event.stepId, event.rowId), status: 'waiting', wait });
  draft.record('step.waiting', event.stepId, describeWait(wait));
  return true;
}

/** What was awaited is kept, so that a retry does not wait again. The step is due at once, as one whose retry is due. */
function endWait(draft: Draft, event: EventOf<'step_wait_ended'>, before: StepState): boolean {
  const { wait } = before;
  const tooEarly = wait?.kind === 'timer' && (wait.until ?? 0) > event.at;
  if (tooEarly || (wait?.kind === 'signal') !== (event.signalId !== null)) return false;
  draft.putStep({ ...before, awaited: event.awaited, wait: { kind: 'retry', ref: null, until: event.at } });
  draft.record('step.awaited', event.stepId, {
    ...(wait ? describeWait(wait) : {}),
    ...(event.signalId === null ? {} : { signal_id: event.signalId }),
  });
  return true;
}

function start(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_started'>, step: StepState): boolean {
  if (exceedsBudget(draft.state, event.estimate)) {
    draft.endUnfinished('failed', { code: 'budget_exceeded', message: tooDear(draft, event) }, event.stepId);
    return true;
  }
  draft.putStep({
    ...step,
    status: 'running',
    attempt: step.attempt + 1,
    input: event.input,
    reservedCost: event.estimate,
    wait: null,
    startedAt: event.at,
    deadlineAt: event.at + stepOf(plan, event.stepId).timeoutMs,
  });
  draft.set({ currentStep: event.stepId });
  draft.record('step.started', event.stepId, { attempt: step.attempt + 1, input_hash: sha256Hex(event.input) });
  return true;
}

function tooDear({ state }: Draft, { stepId, estimate }: EventOf<'step_started'>): string {
  const left = state.maxCostBudget - state.totalCost - reservedCost(state);
  return (
    `step '${stepId}' may cost ${textOfUnits(estimate)} coins, and ` +
    `${textOfUnits(Math.max(0, left))} are left of max_cost_budget`
  );
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
  const paid = pay(before, event.use);
  draft.putStep({
    ...paid,
    status: 'completed',
    output: event.output,
    error: null,
    metrics: event.use.metrics ?? null,
    wait: null,
    deadlineAt: null,
    completedAt: event.at,
  });
  draft.set({ completedSteps: draft.state.completedSteps + 1 });
  draft.record('step.completed', event.stepId, {
    attempt: before.attempt,
    cost_units: paid.cost,
    output_hash: sha256Hex(event.output),
  });
  return true;
}

function fail(plan: ExecutionPlan, draft: Draft, event: EventOf<'step_failed'>, before: StepState): boolean {
  const failed = { ...pay(before, event.use), deadlineAt: null };
  return failAttempt(plan, draft, event, failed, event.release);
}

/**
 * The step with what its attempt has used added, and nothing set aside any more. A job is paid once, however many
 * attempts rest on its result: the next one takes a result that the one before could not use, or came too late for it.
 */
function pay(step: StepState, { cost, basis, metrics, jobReceiptId }: StepUse): StepState {
  const settled = {
    ...step,
    reservedCost: 0,
    metrics: metrics ?? step.metrics,
    jobReceiptId: jobReceiptId ?? step.jobReceiptId,
  };
  const isPaid = jobReceiptId !== undefined && step.charges.some((charge) => charge.jobReceiptId === jobReceiptId);
  if (isPaid || !basis) return settled;
  const charge = { attempt: step.attempt, cost, basis, jobReceiptId: jobReceiptId ?? null };
  return { ...settled, cost: step.cost + cost, charges: [...step.charges, charge] };
}

/** Counts as an attempt, so that what can never be prepared is not tried for ever. It holds nothing outside. */
function failBeforeStart(
  plan: ExecutionPlan,
  draft: Draft,
  event: EventOf<'step_unprepared'>,
  step: StepState,
): boolean {
  return failAttempt(plan, draft, event, { ...step, attempt: step.attempt + 1 }, false);
}

function failAttempt(
  plan: ExecutionPlan,
  draft: Draft,
  { at, stepId, failure, random }: EventOf<'step_failed' | 'step_unprepared'>,
  attempted: StepState,
  release: boolean,
): boolean {
  const { code, message } = failure;
  const { attempt } = attempted;
  const failed = { ...attempted, error: { code, message } };
  const step = stepOf(plan, stepId);
  if (mayRetry(step, attempt, failure)) {
    const until = at + retryDelayMs(step.retryPolicy, attempt, random);
    draft.putStep({ ...failed, status: 'waiting', wait: { kind: 'retry', ref: null, until } });
    draft.record('step.retrying', stepId, { attempt, code, message, retry_in_ms: until - at, ...costOf(failed) });
    return true;
  }
  draft.putStep({ ...failed, status: 'failed', wait: null, completedAt: at, releasePending: release });
  draft.record('step.failed', stepId, { attempt, code, message, ...costOf(failed) });
  // When it was too dear as well, that is why the execution ends; the step keeps its own error.
  const error = overspent(draft.state) ?? { code, message: `step '${stepId}': ${message}` };
  draft.endUnfinished('failed', error, stepId);
  return true;
}

/** What a step that has not succeeded has cost all the same. */
function costOf({ cost }: StepState): JsonObject {
  return cost === 0 ? {} : { cost_units: cost };
}

function suspend(draft: Draft, event: EventOf<'step_suspended'>, before: StepState): boolean {
  draft.putStep({ ...before, status: 'waiting', wait: event.wait });
  // Looking at a job that is still running is no news: only the first wait for a thing is recorded.
  if (before.wait?.kind !== event.wait.kind || before.wait.ref !== event.wait.ref) {
    draft.record('step.waiting', event.stepId, describeWait(event.wait));
  }
  return true;
}

function describeWait({ kind, ref, until }: StepWait): JsonObject {
  // When a job is looked at again is no promise; when a timer ends is.
  const due: JsonObject = kind === 'timer' && until !== null ? { until: new Date(until).toISOString() } : {};
  return { for: kind, ...(ref === null ? {} : { ref }), ...due };
}
