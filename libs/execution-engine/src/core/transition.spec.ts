import { isFinalExecution, isFinalStep } from '@aitbc/shared-domain';
import fc from 'fast-check';
import { newExecution, planOf, stepPlan } from '../testing';
import type { EngineEvent } from './engine-event';
import type { EventRecord, ExecutionState } from './execution-state';
import { nextDue } from './execution-state';
import { initialState } from './initial-state';
import { transition } from './transition';

const IDS = ['a', 'b', 'c', 'd'] as const;
const plan = planOf(
  IDS.map((id) => stepPlan(id, { maxRetries: 2, timeoutMs: 1_000 })),
  { b: ['a'], c: ['a'], d: ['b', 'c'] },
);
const begin = (budget = 0) => initialState(newExecution(plan, { maxCostBudget: budget }));

/** Any event about any step, sensible at that moment or not: what interleaved workers, timers and clients may deliver. */
const anyEvent: fc.Arbitrary<EngineEvent> = fc
  .record({
    type: fc.constantFrom(
      'execution_started' as const,
      'step_started' as const,
      'step_restarted' as const,
      'step_skipped' as const,
      'step_succeeded' as const,
      'step_failed' as const,
      'step_suspended' as const,
      'cancel_requested' as const,
      'deadline_reached' as const,
    ),
    stepId: fc.constantFrom(...IDS),
    at: fc.integer({ min: 0, max: 10_000 }),
    cost: fc.integer({ min: 0, max: 50 }),
    retryable: fc.boolean(),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    rare: fc.integer({ min: 0, max: 19 }),
  })
  .map(({ type, stepId, at, cost, retryable, random, rare }) => {
    // Ends that stop everything are rare, so that most runs get somewhere.
    const rareType = type === 'cancel_requested' || type === 'deadline_reached';
    const failure = { code: 'flaky', message: 'failed', retryable };
    const wait = { kind: 'job' as const, ref: 'job_1', until: at + 500 };
    const fields = {
      at,
      stepId,
      cost,
      random,
      failure,
      wait,
      rowId: `row_${stepId}`,
      input: '{}',
      output: '1',
      reason: 'x',
    };
    const common = { ...fields, metrics: null, jobReceiptId: null, release: false };
    return { ...common, type: rareType && rare > 0 ? 'step_started' : type };
  });

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What holds for every single transition. */
function checkTransition(before: ExecutionState, after: ExecutionState, records: readonly EventRecord[]): void {
  if (isFinalExecution(before.status)) expect(after).toBe(before);
  for (const [id, step] of before.steps) {
    const next = after.steps.get(id);
    if (isFinalStep(step.status)) expect(next).toBe(step);
    expect(next?.attempt === step.attempt || next?.attempt === step.attempt + 1).toBe(true);
  }
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => before.eventSeq + index + 1));
  expect(after.eventSeq).toBe(before.eventSeq + records.length);
  expect(after.leaseEpoch).toBeGreaterThanOrEqual(before.leaseEpoch);
  expect(after.totalCost).toBe(sum([...after.steps.values()].map(({ cost }) => cost)));
}

function checkState(state: ExecutionState): void {
  const ended = [...state.steps.values()].filter(({ status }) => status === 'completed' || status === 'skipped');
  expect(state.completedSteps).toBe(ended.length);
  if (!isFinalExecution(state.status)) {
    expect(state.completedAt).toBeNull();
    if (state.status === 'waiting') expect(nextDue(state)).not.toBeNull();
    return;
  }
  expect(state.completedAt).not.toBeNull();
  for (const step of state.steps.values()) expect(isFinalStep(step.status)).toBe(true);
}

describe('the transition function', () => {
  it('keeps its invariants under any order of events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), fc.integer({ min: 0, max: 120 }), (events, budget) => {
        let state = begin(budget);
        for (const event of events) {
          const next = transition(plan, state, event);
          checkTransition(state, next.state, next.records);
          checkState(next.state);
          state = next.state;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('has every step end before an execution may be completed', () => {
    const started = transition(plan, begin(), { type: 'execution_started', at: 1 }).state;
    expect(started).toMatchObject({ status: 'running', startedAt: 1, deadlineAt: 3_600_001 });
    expect(transition(plan, started, { type: 'execution_started', at: 2 })).toEqual({ state: started, records: [] });
  });

  it('raises the epoch on cancel and on time-out, so that the worker that holds it can write no more', () => {
    const state = { ...begin(), leaseEpoch: 4 };
    expect(transition(plan, state, { type: 'cancel_requested', at: 1, reason: 'x' }).state.leaseEpoch).toBe(5);
    expect(transition(plan, state, { type: 'deadline_reached', at: 1 }).state.leaseEpoch).toBe(5);
  });
});
