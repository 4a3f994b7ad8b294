import type { EventRow, RunRecord, StepRow } from '../run-record';
import { RULES, violationsOf } from '.';

const event = (seq: number, type: string, change: Partial<EventRow> = {}): EventRow => ({
  ...{ execution_id: 'x', seq, type, step_id: null, attempt: null, code: null, signal_id: null, at: 1_000 * seq },
  ...change,
});
const ofStep = (
  seq: number,
  type: string,
  step_id: string,
  attempt: number | null = null,
  more: Partial<EventRow> = {},
) => event(seq, type, { step_id, attempt, ...more });
const row = (step_id: string, change: Partial<StepRow> = {}): StepRow => ({
  ...{ execution_id: 'x', step_id, status: 'completed', attempt: 1, release_pending: false },
  ...change,
});

/** One execution: a step that a kill interrupted, one that was retried, a job, and one that a signal let go on. */
const GOOD: RunRecord = {
  acknowledged: [{ id: 'x', endsAs: 'completed' }],
  executions: [{ id: 'x', status: 'completed', event_seq: 15, completed_steps: 4, lease_owner: null, wake_at: null }],
  steps: [row('effect_a'), row('effect_b', { attempt: 2 }), row('job'), row('gate')],
  events: [
    event(1, 'execution.started'),
    ofStep(2, 'step.started', 'effect_a', 1),
    ofStep(3, 'step.restarted', 'effect_a', 1),
    ofStep(4, 'step.completed', 'effect_a', 1),
    ofStep(5, 'step.started', 'effect_b', 1),
    ofStep(6, 'step.retrying', 'effect_b', 1),
    ofStep(7, 'step.started', 'effect_b', 2),
    ofStep(8, 'step.completed', 'effect_b', 2),
    ofStep(9, 'step.started', 'job', 1),
    ofStep(10, 'step.waiting', 'job'),
    ofStep(11, 'step.completed', 'job', 1),
    ofStep(12, 'step.awaited', 'gate', null, { signal_id: 'sig_1' }),
    ofStep(13, 'step.started', 'gate', 1),
    ofStep(14, 'step.completed', 'gate', 1),
    event(15, 'execution.completed'),
  ],
  jobs: [{ id: 'j', state: 'COMPLETED', execution_id: 'x', step_id: 'job', idempotency_key: 'x:job:1' }],
  effects: [
    { key: 'x:effect_a:1', at: 2_500 },
    { key: 'x:effect_a:1', at: 3_500 },
    { key: 'x:effect_b:2', at: 7_500 },
    { key: 'x:job', at: 10_500 },
  ],
  faults: [{ kind: 'kill', from: 2_600, until: 2_700 }],
  recoveryMs: 20_000,
};

const [EXECUTION] = GOOD.executions;
const execution = (change: Partial<RunRecord['executions'][number]>) => {
  if (!EXECUTION) throw new Error('no execution');
  return { executions: [{ ...EXECUTION, ...change }] };
};
const without = (seq: number) => ({ events: GOOD.events.filter((each) => each.seq !== seq) });
const instead = (seq: number, change: Partial<EventRow>) => ({
  events: GOOD.events.map((each) => (each.seq === seq ? { ...each, ...change } : each)),
});
const moreSteps = (...steps: StepRow[]) => ({ steps: [...GOOD.steps, ...steps] });
const otherStep = (id: string, change: Partial<StepRow>) => ({
  steps: GOOD.steps.map((step) => (step.step_id === id ? { ...step, ...change } : step)),
});
function jobOf({ jobs: [job] }: RunRecord) {
  if (!job) throw new Error('no job');
  return job;
}
const job = (change: object) => ({ ...jobOf(GOOD), ...change });

it('finds no fault with a run that kept its promises', () => {
  expect(violationsOf(GOOD)).toEqual([]);
});

const DOCTORED: readonly (readonly [keyof typeof RULES, string, Partial<RunRecord>])[] = [
  ['acknowledgedEnd', 'an acknowledged execution is lost', { executions: [] }],
  ['acknowledgedEnd', 'an execution failed', execution({ status: 'failed' })],
  ['nothingStranded', 'an execution still runs', execution({ status: 'running' })],
  ['nothingStranded', 'a lease is held', execution({ lease_owner: 'w' })],
  ['nothingStranded', 'an ended execution is due', execution({ wake_at: 1 })],
  ['nothingStranded', 'a release is pending', otherStep('job', { release_pending: 1 })],
  ['nothingStranded', 'a job is in the queue', { jobs: [job({ state: 'QUEUED' })] }],
  ['oneJobForEachKey', 'a key has two jobs', { jobs: [job({}), job({ id: 'k' })] }],
  ['oneJobForEachKey', 'a step went on without its job', { jobs: [job({ state: 'CANCELED' })] }],
  ['noGapInEvents', 'an event is missing', without(9)],
  ['noGapInEvents', 'the counter is ahead', execution({ event_seq: 16 })],
  ['noGapInEvents', 'an event is doubled', { events: [...GOOD.events, event(15, 'execution.completed')] }],
  ['oneEnd', 'it ended twice', instead(14, { type: 'execution.failed', step_id: null })],
  ['oneEnd', 'its row says another end', execution({ status: 'cancelled' })],
  ['committedStepsRest', 'a committed step ran again', instead(9, { type: 'step.restarted', step_id: 'effect_a' })],
  ['committedStepsRest', 'a step completed twice', instead(9, { type: 'step.completed', step_id: 'effect_a' })],
  ['stepsAgreeWithEvents', 'a row has another state', otherStep('gate', { status: 'running' })],
  ['stepsAgreeWithEvents', 'a row has another attempt', otherStep('effect_b', { attempt: 3 })],
  ['stepsAgreeWithEvents', 'a step has no events', moreSteps(row('extra'))],
  ['stepsAgreeWithEvents', 'events have no row', { steps: GOOD.steps.slice(1) }],
  ['countsAgree', 'a completed step is not counted', execution({ completed_steps: 3 })],
  ['signalsTakenOnce', 'a signal was taken twice', instead(10, { signal_id: 'sig_1' })],
  ['effectsWithinBounds', 'an effect is missing', { effects: GOOD.effects.slice(0, 2) }],
  ['effectsWithinBounds', "a job's effect is missing", { effects: GOOD.effects.slice(0, 3) }],
  ['effectsWithinBounds', 'an effect is doubled without a fault', { faults: [] }],
  [
    'effectsWithinBounds',
    "a job's effect is doubled without a fault",
    { effects: [...GOOD.effects, { key: 'x:job', at: 10_700 }] },
  ],
  [
    'effectsWithinBounds',
    'an effect comes three times with one fault',
    { effects: [...GOOD.effects, { key: 'x:effect_a:1', at: 2_400 }] },
  ],
  [
    'effectsWithinBounds',
    'an effect was made by a run that is not recorded',
    {
      effects: [...GOOD.effects, { key: 'x:effect_b:2', at: 7_600 }],
      faults: [...GOOD.faults, { kind: 'stop', from: 7_100, until: 7_200 }],
    },
  ],
  ['effectsWithinBounds', 'nobody started it', { effects: [...GOOD.effects, { key: 'x:effect_c:1', at: 2_400 }] }],
  ['noEffectAfterCommit', 'an effect is late', { effects: [{ key: 'x:effect_a:1', at: 4_200 }] }],
  ['restartsHaveCauses', 'a step was run again for no reason', { faults: [] }],
];

it.each(DOCTORED)('%s is broken when %s', (rule, _what, change) => {
  expect(RULES[rule]({ ...GOOD, ...change })).not.toEqual([]);
});

it('names the fault that comes nearest to a run without a cause', () => {
  const faults = [
    { kind: 'database', from: 60_000, until: 61_000 },
    { kind: 'kill', from: 90_000, until: 90_010 },
  ] as const;
  const [sentence] = RULES.restartsHaveCauses({ ...GOOD, faults });
  expect(sentence).toMatch(/the nearest fault, a database from 00:01:00\.000 to 00:01:01\.000, is \d+ ms away$/);
});

it('has a case for every rule', () => {
  expect(new Set(DOCTORED.map(([rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
});
