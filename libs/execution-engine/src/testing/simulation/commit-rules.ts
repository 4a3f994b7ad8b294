import { isFinalExecution, isFinalStep } from '@aitbc/shared-domain';
import { type ExecutionState, reservedCost } from '../../core/execution-state';
import type { ExecutionCommit } from '../../ports/store.port';
import { PROMISES } from './promises';

/** A commit that the store has accepted, with what it found. */
export interface WatchedCommit {
  readonly before: ExecutionState;
  readonly commit: ExecutionCommit;
  /** Who held the execution before it. */
  readonly owner: string | null;
  /** The true time (ms). */
  readonly now: number;
}

type Broken = [invariant: string, detail: string];
type Rule = (watched: WatchedCommit) => Broken | undefined;

const RULES: readonly Rule[] = [
  finalStays,
  epochIsExpected,
  eventsHaveNoGap,
  endIsLast,
  finalStepsStay,
  costAddsUp,
  attemptsArePaidOnce,
  budgetHolds,
  timersEndInTime,
];

/** The first rule that an accepted commit breaks. */
export function brokenRuleOf(watched: WatchedCommit): Broken | undefined {
  for (const rule of RULES) {
    const broken = rule(watched);
    if (broken) return broken;
  }
  return undefined;
}

function finalStays({ before }: WatchedCommit): Broken | undefined {
  return isFinalExecution(before.status) ? ['a final execution never changes', before.id] : undefined;
}

function epochIsExpected({ before, commit }: WatchedCommit): Broken | undefined {
  const { leaseEpoch } = commit.expected;
  if (leaseEpoch === before.leaseEpoch && commit.state.leaseEpoch >= leaseEpoch) return undefined;
  return [PROMISES.lease, `${before.id}: written with epoch ${leaseEpoch}, it was ${before.leaseEpoch}`];
}

function eventsHaveNoGap({ before, commit: { state, records } }: WatchedCommit): Broken | undefined {
  const inOrder = records.every(({ seq }, index) => seq === before.eventSeq + index + 1);
  if (inOrder && state.eventSeq === before.eventSeq + records.length) return undefined;
  const got = records.map(({ seq }) => seq).join();
  return [PROMISES.events, `${state.id}: ${got} after ${before.eventSeq}`];
}

const ENDS = ['execution.completed', 'execution.failed', 'execution.cancelled'];

function endIsLast({ commit: { state, records } }: WatchedCommit): Broken | undefined {
  const ends = records.filter(({ type }) => ENDS.includes(type));
  const expected = isFinalExecution(state.status) ? 1 : 0;
  if (ends.length === expected && (expected === 0 || records.at(-1) === ends[0])) return undefined;
  return ['an execution has one last event', `${state.id}: ${records.map(({ type }) => type).join()}`];
}

function finalStepsStay({ before, commit }: WatchedCommit): Broken | undefined {
  for (const step of before.steps.values()) {
    if (!isFinalStep(step.status)) continue;
    const { status, output, attempt, cost } = commit.state.steps.get(step.stepId) ?? {};
    const same = status === step.status && output === step.output && attempt === step.attempt && cost === step.cost;
    if (!same) return ['a final step never changes', `${before.id}:${step.stepId} was ${step.status}`];
  }
  return undefined;
}

function costAddsUp({ commit: { state } }: WatchedCommit): Broken | undefined {
  const sum = [...state.steps.values()].reduce((total, { cost }) => total + cost, 0);
  if (sum !== state.totalCost)
    return ['total_cost is the sum of the steps', `${state.id}: ${state.totalCost}, not ${sum}`];
  const odd = [...state.steps.values()].find(
    ({ cost, charges }) => charges.reduce((all, one) => all + one.cost, 0) !== cost,
  );
  return odd && ['the cost of a step is the sum of its charges', `${state.id}:${odd.stepId}: ${odd.cost}`];
}

/** However often an attempt is run again, and whoever runs it: what it has cost is recorded once. */
function attemptsArePaidOnce({ commit: { state } }: WatchedCommit): Broken | undefined {
  for (const { stepId, attempt, charges } of state.steps.values()) {
    const attempts = new Set(charges.map((charge) => charge.attempt));
    const known = charges.every((charge) => charge.attempt >= 1 && charge.attempt <= attempt);
    if (attempts.size !== charges.length || !known) return ['an attempt is paid once', `${state.id}:${stepId}`];
  }
  return undefined;
}

/** What is begun fits the budget with all that is set aside; what cost more all the same ends the execution. */
function budgetHolds({ commit: { state, records } }: WatchedCommit): Broken | undefined {
  if (state.maxCostBudget === 0) return undefined;
  const begins = records.some(({ type }) => type === 'step.started') && !isFinalExecution(state.status);
  const committed = state.totalCost + (begins ? reservedCost(state) : 0);
  const ended = state.status === 'failed' || state.status === 'cancelled';
  if (committed <= state.maxCostBudget || ended) return undefined;
  return ['the budget holds', `${state.id}: ${committed} of ${state.maxCostBudget}`];
}

function timersEndInTime({ before, commit: { records }, now }: WatchedCommit): Broken | undefined {
  for (const { type, stepId } of records) {
    if (type !== 'step.awaited' || stepId === null) continue;
    const wait = before.steps.get(stepId)?.wait;
    if (wait?.kind !== 'timer' || (wait.until ?? 0) <= now) continue;
    return [PROMISES.timer, `${before.id}:${stepId}, ${(wait.until ?? 0) - now} ms early`];
  }
  return undefined;
}
