import type { StepState } from '../core/execution-state';
import type { Evaluation } from '../ports/expressions.port';
import { systemClock } from '../ports/clock.port';
import { JsonataEvaluator } from '../testing';
import { ActiveSteps } from './active-steps';
import { Inbox } from './inbox';
import { conditionHolds, resolveMappings } from './mappings';
import { SignalMemory } from './signal-memory';
import { Slots } from './slots';

function stepState(stepId: string, changes: Partial<StepState> = {}): StepState {
  const empty = { input: null, output: null, error: null, metrics: null, wait: null, awaited: null, deadlineAt: null };
  const times = { adoptedFrom: null, jobReceiptId: null, releasePending: false, startedAt: null, completedAt: null };
  return {
    id: stepId,
    stepId,
    stepType: 'custom',
    status: 'running',
    attempt: 1,
    cost: 0,
    charges: [],
    reservedCost: 0,
    ...empty,
    ...times,
    ...changes,
  };
}
const waitingFor = (ref: string) => stepState(ref, { status: 'waiting', wait: { kind: 'job', ref, until: null } });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('slots', () => {
  it('gives no more than there are, and what was given back again', () => {
    const slots = new Slots(3);
    expect(slots.take(5)).toBe(3);
    expect(slots.take(1)).toBe(0);
    slots.give(2);
    expect(slots.take(5)).toBe(2);
  });

  it('gives none while more steps run than there are slots', () => {
    const slots = new Slots(1);
    slots.occupy();
    slots.occupy();
    slots.give(1);
    expect(slots.take(1)).toBe(0);
    slots.give(1);
    expect(slots.take(1)).toBe(1);
  });

  it('wakes each who waits once, however often it asked', () => {
    const slots = new Slots(1);
    const wake = jest.fn();
    slots.take(1);
    for (let times = 0; times < 3; times += 1) slots.whenFree(wake);
    slots.give(1);
    slots.give(0);
    expect(wake).toHaveBeenCalledTimes(1);
  });
});

describe('the memory of signals', () => {
  it('gives what was signalled once, and only to who waits for that', () => {
    const memory = new SignalMemory();
    memory.add('job', ['a', 'b']);
    memory.add('signal', ['c']);
    expect(memory.takeAwaited([waitingFor('c'), stepState('x')])).toEqual([]);
    expect(memory.takeAwaited([waitingFor('a')])).toEqual([{ kind: 'job', ref: 'a' }]);
    expect(memory.takeAwaited([waitingFor('a'), waitingFor('b')])).toEqual([{ kind: 'job', ref: 'b' }]);
  });

  it('forgets the oldest when it is full', () => {
    const memory = new SignalMemory(2);
    memory.add('job', ['a', 'b', 'c']);
    expect(memory.takeAwaited([waitingFor('a'), waitingFor('b'), waitingFor('c')])).toHaveLength(2);
    expect(memory.takeAwaited([waitingFor('a')])).toEqual([]);
  });
});

describe('the inbox', () => {
  it('loses no message that comes while nobody waits, nor one that comes while its reader waits', async () => {
    const inbox = new Inbox<number>();
    inbox.put(1);
    inbox.put(2);
    await inbox.notEmpty();
    expect(inbox.take()).toEqual([1, 2]);
    const waiting = inbox.notEmpty();
    inbox.put(3);
    await waiting;
    expect(inbox.take()).toEqual([3]);
    expect(inbox.take()).toEqual([]);
  });
});

describe('active steps', () => {
  it('take slots for what is reserved, and give each back once, however a step ends', () => {
    const slots = new Slots(3);
    const active = new ActiveSteps(systemClock, slots);
    expect(active.reserve(['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c']);
    active.unreserve('a');
    active.unreserve('a');
    const [b, c] = [stepState('b'), stepState('c')];
    for (const step of [b, c]) active.begin(step, jest.fn(), untilAborted);
    expect(active.size).toBe(2);
    expect(active.end(b)).toBe(true);
    expect(active.end(b)).toBe(false);
    active.abortAll(new Error('over'));
    expect(active.end(c)).toBe(false);
    expect(active.size).toBe(0);
    expect(slots.take(5)).toBe(3);
  });

  it('take no outcome of an earlier start of the same step', () => {
    const active = new ActiveSteps(systemClock, new Slots(5));
    const earlier = stepState('a');
    const now = stepState('a', { attempt: 2 });
    active.begin(earlier, jest.fn(), untilAborted);
    active.abort('a', () => new Error('time-out'));
    active.begin(now, jest.fn(), untilAborted);
    expect(active.end(earlier)).toBe(false);
    expect(active.isRunning('a')).toBe(true);
    expect(active.end(now)).toBe(true);
  });

  it('abort no handler that has returned', async () => {
    const active = new ActiveSteps(systemClock, new Slots(5));
    let signal: AbortSignal | undefined;
    const step = stepState('a');
    active.begin(step, jest.fn(), (given) => ((signal = given), Promise.resolve()));
    await active.settled();
    expect(active.end(step)).toBe(true);
    expect(signal?.aborted).toBe(false);
  });

  it('abort with their reason, and are settled when the handlers have returned', async () => {
    const active = new ActiveSteps(systemClock, new Slots(5));
    const { promise: returned, resolve } = Promise.withResolvers<void>();
    let signal: AbortSignal | undefined;
    active.begin(stepState('a'), jest.fn(), (given) => ((signal = given), returned));
    const reason = new Error('over');
    active.abortAll(reason);
    expect(signal?.reason).toBe(reason);
    let settled = false;
    const settling = active.settled().then(() => (settled = true));
    await Promise.resolve();
    expect(settled).toBe(false);
    resolve();
    await settling;
  });

  it('call a step off at its deadline, and not when it has ended before', () => {
    const timers: { work: () => void; cancelled: boolean }[] = [];
    const after = (_: number, work: () => void) => {
      const timer = { work, cancelled: false };
      timers.push(timer);
      return () => void (timer.cancelled = true);
    };
    const active = new ActiveSteps({ now: () => 0, random: () => 0, after }, new Slots(5));
    const onTimeout = jest.fn();
    const step = stepState('a', { deadlineAt: 10 });
    active.begin(step, onTimeout, untilAborted);
    timers[0]?.work();
    expect(onTimeout).toHaveBeenCalledTimes(1);
    active.end(step);
    expect(timers[0]?.cancelled).toBe(true);
    active.lookAt(5, jest.fn());
    active.lookAt(6, jest.fn());
    active.abortAll(new Error('over'));
    expect(timers.map(({ cancelled }) => cancelled)).toEqual([true, true, true]);
  });
});

describe('mappings', () => {
  const evaluator = new JsonataEvaluator();
  const answering = (answer: Evaluation) => ({ evaluateAll: async () => [answer] });

  it('take texts for expressions and all else as it is', async () => {
    const mappings = {
      ...{ sum: 'a + 1', none: 'absent', text: { literal: 'a + 1' }, nothing: { literal: null } },
      ...{ two: { literal: 1, more: 2 }, list: ['a'], flag: false },
    };
    expect(await resolveMappings(mappings, { a: 1 }, evaluator)).toEqual({
      ...{ sum: 2, text: 'a + 1', nothing: null },
      ...{ two: { literal: 1, more: 2 }, list: ['a'], flag: false },
    });
  });

  it('say which key failed, and whether the evaluator was to blame', async () => {
    const bad = resolveMappings({ ok: '1', bad: '$error("no")' }, {}, evaluator);
    await expect(bad).rejects.toMatchObject({ code: 'expression_failed', retryable: false });
    await expect(bad).rejects.toThrow(/^'bad':/);
    const gone: Evaluation = { ok: false, code: 'sandbox_unavailable', message: 'no child', retryable: true };
    await expect(resolveMappings({ x: '1' }, {}, answering(gone))).rejects.toMatchObject({ retryable: true });
    await expect(conditionHolds('true', {}, answering(gone))).rejects.toMatchObject({ retryable: true });
  });

  it.each([
    ['true', true],
    ['false', false],
    ['absent', false],
  ])('take the condition %s for %s', async (expression, holds) => {
    expect(await conditionHolds(expression, {}, evaluator)).toBe(holds);
  });

  it.each(['1', '"true"', 'null', '[]'])('refuse %s as a condition', async (expression) => {
    await expect(conditionHolds(expression, {}, evaluator)).rejects.toMatchObject({ code: 'condition_not_boolean' });
  });
});
