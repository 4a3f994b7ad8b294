import { textOfUnits } from '@aitbc/shared-core';
import type {
  ExecutionStatus,
  FailureCode,
  JsonObject,
  StepCharge,
  StepStatus,
  StepType,
  WaitKind,
} from '@aitbc/shared-domain';
import { isFinalStep } from '@aitbc/shared-domain';
import type { ExecutionPlan } from './plan';

/**
 * The state machine of an execution.
 *
 *   pending ──started──▶ running ◀──▶ waiting ──▶ completed | failed | cancelled   (final, never changed again)
 *      ▲                    ▲            ▲
 *      └────── resumed ─────┼────────────┤
 *                         paused ◀── from each of the three; no deadline runs meanwhile
 *
 * An execution is `running` while a step runs or could run, `waiting` while all it can do is wait. A step:
 *
 *   (no row) ──started──▶ running ──▶ completed | failed | cancelled
 *      │ │                 │   ▲
 *      │ └─▶ skipped       ▼   │ retry due (attempt + 1), or its `wait_for` has come (first attempt)
 *      └─wait begun──▶   waiting ──▶ completed | failed | cancelled
 *
 * A step may start when all its dependencies are `completed` or `skipped`. A step that fails for good fails the
 * execution: steps in flight are cancelled, and what they hold outside (a job) is marked `releasePending`. A step that
 * was adopted from another execution has a row, `completed` or `skipped`, before the execution starts.
 *
 * Rules that every transition keeps:
 *  1. A final execution and a final step never change.
 *  2. Each record (event) takes the next sequence number of its execution: no gap, no repeat.
 *  3. `attempt` grows by one with each start after a recorded failure, and only then.
 *  4. `totalCost` is the sum of the costs of its steps, and each of those the sum of the step's charges.
 *  5. Cancel, pause and time-out raise `leaseEpoch`, so that no later write of the worker that held it is accepted.
 */
export interface ExecutionState {
  readonly id: string;
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly ownerId: string;
  readonly agentId: string | null;
  readonly status: ExecutionStatus;
  /** Canonical JSON. */
  readonly inputs: string;
  /** Canonical JSON; set when completed. */
  readonly finalResult: string | null;
  readonly error: ExecutionError | null;
  readonly failedStep: string | null;
  readonly maxExecutionTimeMs: number;
  /** Units; 0 is no limit. */
  readonly maxCostBudget: number;
  readonly totalCost: number;
  readonly completedSteps: number;
  readonly currentStep: string | null;
  readonly eventSeq: number;
  readonly leaseEpoch: number;
  readonly deadlineAt: number | null;
  /** Since when it is paused; null while it is not. */
  readonly pausedAt: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly engineFlags: number;
  /** W3C `traceparent` of what started it; the engine only carries it. */
  readonly traceParent: string | null;
  /** The steps that have begun, by their id; a step without an entry is pending. */
  readonly steps: ReadonlyMap<string, StepState>;
}

export interface StepState {
  /** `step_exec_…` */
  readonly id: string;
  readonly stepId: string;
  readonly stepType: StepType;
  readonly status: StepStatus;
  readonly attempt: number;
  /** Canonical JSON of the mapped input. */
  readonly input: string | null;
  /** Canonical JSON of the mapped output. */
  readonly output: string | null;
  readonly error: ExecutionError | null;
  /** Units that its attempts have cost. */
  readonly cost: number;
  /** Units set aside for the running attempt. */
  readonly reservedCost: number;
  /** What each attempt has cost, oldest first. */
  readonly charges: readonly StepCharge[];
  readonly metrics: JsonObject | null;
  readonly wait: StepWait | null;
  /** Canonical JSON of what `wait_for` waited for; null until it has come. */
  readonly awaited: string | null;
  /** The execution that it was adopted from. */
  readonly adoptedFrom: string | null;
  readonly deadlineAt: number | null;
  readonly jobReceiptId: string | null;
  readonly releasePending: boolean;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
}

export interface ExecutionError {
  /** A stable word for programs, such as `step_timeout`; of `FAILURE_CATALOGUE`, or of another release's. */
  readonly code: string;
  readonly message: string;
}

/** What a waiting step waits for. */
export interface StepWait {
  readonly kind: WaitKind;
  /** Id of the job or name of the signal. */
  readonly ref: string | null;
  /** When it is due by itself (ms); for a job the next look at it. */
  readonly until: number | null;
}

/** One entry of the history, to be stored with the state that it led to. */
export interface EventRecord {
  readonly seq: number;
  readonly type: string;
  readonly stepId: string | null;
  readonly data: JsonObject;
  readonly at: number;
}

/** Steps that may start (or begin to wait) at `now`: pending ones whose dependencies have ended well, retries that are due, awaited ones. */
export function startableSteps(plan: ExecutionPlan, state: ExecutionState, now: number): string[] {
  return [...plan.steps.keys()].filter((id) => {
    const step = state.steps.get(id);
    return step ? isRetryDue(step, now) : dependenciesMet(plan, state, id);
  });
}

function isRetryDue(step: StepState, now: number): boolean {
  return step.status === 'waiting' && step.wait?.kind === 'retry' && (step.wait.until ?? 0) <= now;
}

/** Whether a step waits for what its `wait_for` names. (A handler may suspend until a time too, but only after that.) */
export function isWaitingToStart(plan: ExecutionPlan, step: StepState): boolean {
  return step.status === 'waiting' && step.awaited === null && plan.waits.has(step.stepId);
}

/**
 * Whether an attempt that may cost `estimate` (units) could bring the execution above its budget, with what is spent and
 * what is set aside for other attempts.
 */
export function exceedsBudget(state: ExecutionState, estimate: number): boolean {
  if (state.maxCostBudget === 0) return false;
  return state.totalCost + reservedCost(state) + estimate > state.maxCostBudget;
}

/** Why an execution that has spent more than its budget must end; null while it has not. */
export function overspent({
  maxCostBudget,
  totalCost,
}: ExecutionState): (ExecutionError & { readonly code: FailureCode }) | null {
  if (maxCostBudget === 0 || totalCost <= maxCostBudget) return null;
  const message = `${textOfUnits(totalCost)} coins were spent, and max_cost_budget is ${textOfUnits(maxCostBudget)}`;
  return { code: 'budget_exceeded', message };
}

/** Units that are set aside for the attempts that have begun. */
export function reservedCost({ steps }: ExecutionState): number {
  return [...steps.values()].reduce((sum, step) => sum + step.reservedCost, 0);
}

/** Names of the signals that steps wait for which have not begun. (What a handler suspends on is its own affair.) */
export function awaitedSignals(state: ExecutionState): string[] {
  const waits = stepsIn(state, 'waiting').filter(({ attempt, wait }) => attempt === 0 && wait?.kind === 'signal');
  return waits.flatMap(({ wait }) => wait?.ref ?? []);
}

/** Whether all that a step depends on has ended well. */
export function dependenciesMet(plan: ExecutionPlan, state: ExecutionState, id: string): boolean {
  return (plan.dependencies.get(id) ?? []).every((parent) => {
    const status = state.steps.get(parent)?.status;
    return status === 'completed' || status === 'skipped';
  });
}

export function stepsIn(state: ExecutionState, status: StepStatus): StepState[] {
  return [...state.steps.values()].filter((step) => step.status === status);
}

/** Whether every step of the plan has ended. */
export function allStepsEnded(plan: ExecutionPlan, state: ExecutionState): boolean {
  return state.steps.size === plan.steps.size && [...state.steps.values()].every(({ status }) => isFinalStep(status));
}

/**
 * When a worker must look at a waiting execution again (ms), or null when nothing is due by itself: the nearest of
 * what its waiting steps wait for, their time-outs, and the execution's own deadline.
 */
export function nextDue(state: ExecutionState): number | null {
  const times = stepsIn(state, 'waiting').flatMap(({ wait, deadlineAt }) => [wait?.until ?? null, deadlineAt]);
  const due = [...times, state.deadlineAt].filter((time) => time !== null);
  return due.length === 0 ? null : Math.min(...due);
}
