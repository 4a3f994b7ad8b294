import { isFinalExecution, isFinalStep, type JsonObject } from '@aitbc/shared-domain';
import fc from 'fast-check';
import { newExecution, planOf, stepPlan } from '../testing';
import type { EngineEvent } from './engine-event';
import type { EventRecord, ExecutionState } from './execution-state';
import { nextDue } from './execution-state';
import { initialState } from './initial-state';
import { transition } from './transition';

const IDS = ['a', 'b', 'c', 'd'] as const;
const WAITS: Record<string, JsonObject> = {
  b: { wait_for: { signal: 'go' } },
  c: { wait_for: { seconds: 1 } },
};
const plan = planOf(
  IDS.map((id) => stepPlan(id, { maxRetries: 2, timeoutMs: 1_000, config: WAITS[id] ?? {} })),
  { b: ['a'], c: ['a'], d: ['b', 'c'] },
);
const begin = (budget = 0) => initialState(newExecution(plan, { maxCostBudget: budget }));

/** Any event about any step, sensible at that moment or not: what interleaved workers, timers and clients may deliver. */
const RARE = ['cancel_requested', 'deadline_reached', 'pause_requested'];
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
      'step_unprepared' as const,
      'step_wait_begun' as const,
      'step_wait_ended' as const,
      'pause_requested' as const,
      'resume_requested' as const,
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
  .map(({ type, rare, retryable, ...fields }) => {
    const common = {
      ...fields,
      failure: { code: 'flaky', message: 'failed', retryable },
      wait: { kind: 'job' as const, ref: 'job_1', until: fields.at + 500 },
      rowId: `row_${fields.stepId}`,
      input: '{}',
      output: '1',
      reason: 'x',
      estimate: fields.cost,
      awaited: 'null',
      signalId: fields.stepId === 'b' ? 'sig_1' : null,
      metrics: null,
      jobReceiptId: null,
      release: false,
    };
    // Ends that stop everything are rare, so that most runs get somewhere.
    return { ...common, type: RARE.includes(type) && rare > 0 ? 'step_started' : type };
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
    if (step.awaited !== null) expect(next?.awaited).toBe(step.awaited);
    if (before.status === 'paused' && after.status === 'paused') expect(next).toBe(step);
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
  expect(state.status === 'paused').toBe(state.pausedAt !== null);
  for (const step of state.steps.values()) expect(step.reservedCost === 0 || !isFinalStep(step.status)).toBe(true);
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
      { numRuns: 10_000 },
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
