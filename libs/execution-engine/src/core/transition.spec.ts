import { isFinalExecution, isFinalStep, type JsonObject } from '@aitbc/shared-domain';
import fc from 'fast-check';
import { costing, newExecution, planOf, stepPlan } from '../testing';
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
    receipt: fc.constantFrom(undefined, 'rcpt_1', 'rcpt_2'),
    retryable: fc.boolean(),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
    rare: fc.integer({ min: 0, max: 19 }),
  })
  .map(({ type, rare, retryable, receipt, ...fields }) => {
    const common = {
      ...fields,
      failure: { code: 'job_failed' as const, message: 'failed', retryable },
      wait: { kind: 'job' as const, ref: 'job_1', until: fields.at + 500 },
      rowId: `row_${fields.stepId}`,
      input: '{}',
      output: '1',
      reason: 'x',
      estimate: fields.cost,
      awaited: 'null',
      signalId: fields.stepId === 'b' ? 'sig_1' : null,
      use: { ...costing(fields.cost), ...(receipt && { jobReceiptId: receipt }) },
      release: false,
    };
    // Ends that stop everything are rare, so that most runs get somewhere.
    return { ...common, type: RARE.includes(type) && rare > 0 ? 'step_started' : type };
  });

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** Cheaper by far than `expect`, which would be asked some millions of times. */
function holds(condition: boolean, rule: string): void {
  if (!condition) throw new Error(`broken: ${rule}`);
}

/** What holds for every single transition. */
function checkTransition(before: ExecutionState, after: ExecutionState, records: readonly EventRecord[]): void {
  if (isFinalExecution(before.status)) holds(after === before, 'a final execution never changes');
  for (const [id, step] of before.steps) {
    const next = after.steps.get(id);
    if (isFinalStep(step.status)) holds(next === step, 'a final step never changes');
    if (step.awaited !== null) holds(next?.awaited === step.awaited, 'what was awaited stays');
    if (before.status === 'paused' && after.status === 'paused') holds(next === step, 'nothing happens in a pause');
    holds(next?.attempt === step.attempt || next?.attempt === step.attempt + 1, 'attempts are counted one by one');
  }
  holds(
    records.every(({ seq }, index) => seq === before.eventSeq + index + 1),
    'events follow one another without a gap',
  );
  holds(after.eventSeq === before.eventSeq + records.length, 'the counter of events is the number of the last one');
  holds(after.leaseEpoch >= before.leaseEpoch, 'the epoch never falls');
  holds(
    after.totalCost === sum([...after.steps.values()].map(({ cost }) => cost)),
    'the total is the sum of the steps',
  );
  for (const { cost, charges } of after.steps.values()) {
    holds(cost === sum(charges.map((charge) => charge.cost)), 'the cost of a step is the sum of its charges');
    holds(isDistinct(charges.map(({ attempt }) => attempt)), 'an attempt is paid once');
    const receipts = charges.flatMap(({ jobReceiptId }) => jobReceiptId ?? []);
    holds(isDistinct(receipts), 'a job is paid once, however many attempts rest on it');
  }
}

function checkState(state: ExecutionState): void {
  const steps = [...state.steps.values()];
  const ended = steps.filter(({ status }) => status === 'completed' || status === 'skipped');
  holds(state.completedSteps === ended.length, 'completed steps are counted');
  holds((state.status === 'paused') === (state.pausedAt !== null), 'a pause has a beginning, and nothing else has');
  for (const step of steps)
    holds(step.reservedCost === 0 || !isFinalStep(step.status), 'an ended step reserves nothing');
  if (!isFinalExecution(state.status)) {
    holds(state.completedAt === null, 'what goes on has no end');
    holds(state.status !== 'waiting' || nextDue(state) !== null, 'what waits is due at some time');
    return;
  }
  holds(state.completedAt !== null, 'what is over has an end');
  for (const step of steps) holds(isFinalStep(step.status), 'with an execution all its steps end');
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
