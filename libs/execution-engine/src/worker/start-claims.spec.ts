import { heldInitialState } from '../core/initial-state';
import { ExecutionCommands } from '../execution-commands';
import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import { systemClock } from '../ports/clock.port';
import { LocalWakeUps, type WakeUp } from '../ports/queue.port';
import type { StartClaims } from '../ports/start-claims.port';
import type { ExecutionCommit, HeldStart } from '../ports/store.port';
import { newExecution, output, planOf, stepPlan, TestHandler, WorkerBench } from '../testing';

const plan = planOf([stepPlan('only')]);
const LONG_MS = 600_000;

/** A store in which claims are counted. */
class WatchedStore extends InMemoryExecutionStore {
  claims = 0;
  override claim(...args: Parameters<InMemoryExecutionStore['claim']>) {
    this.claims += 1;
    return super.claim(...args);
  }
}

describe('a worker that takes up executions as they are stored', () => {
  let store: WatchedStore;
  let bench: WorkerBench;

  const open = (handler = new TestHandler(({ input }) => output(input))) => {
    store = new WatchedStore();
    bench = new WorkerBench(store, plan, { custom: handler });
    return bench;
  };
  afterEach(() => bench.stop());

  /** When it has looked, and found nothing due. */
  async function offered(worker: ReturnType<WorkerBench['startWorker']>): Promise<HeldStart> {
    for (;;) {
      const offer = worker.offer();
      if (offer) return offer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** As if its lease had run out before the execution is taken: the next look finds it due. */
  const overdue = (offer: HeldStart): HeldStart => ({ ...offer, now: offer.now - offer.leaseMs });

  it('runs them without a claim, under the lease with which they were stored', async () => {
    const worker = open().startWorker({ workerId: 'w1', pollMs: LONG_MS });
    const offer = await offered(worker);
    const execution = newExecution(plan);
    await store.insertAll([{ execution, held: offer }]);
    expect(store.leaseOf(execution.id)).toEqual({ owner: 'w1', wakeAt: offer.now + offer.leaseMs });
    worker.take(await worker.open(execution, offer), offer);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 1 });
    expect(store.claims).toBe(0);
  });

  it('stores them with their first steps begun, and runs those for the first time', async () => {
    const began: string[] = [];
    open(new TestHandler(({ step: { id }, attempt }) => (began.push(`${id} ${attempt}`), output(1))));
    const one = bench.startWorker({ workerId: 'w1', pollMs: LONG_MS }, { opener: bench.newRunner() });
    const offer = await offered(one);
    const execution = newExecution(plan);
    const held = await one.open(execution, offer);
    expect(held.first).toMatchObject({ lease: { owner: 'w1', wakeAt: offer.now + offer.leaseMs } });
    await store.insertAll([{ execution, held: offer, first: held.first }]);
    expect(store.events(execution.id).map(({ type }) => type)).toEqual(['execution.started', 'step.started']);
    expect(began).toEqual([]);
    one.take(held, offer);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 1 });
    expect(began).toEqual(['only 1']);
    expect(store.events(execution.id).map(({ type }) => type)).not.toContain('step.restarted');
  });

  it('begin again where they were begun, when they were never taken', async () => {
    const one = open().startWorker({ workerId: 'w1' }, { opener: bench.newRunner() });
    const offer = overdue(await offered(one));
    const execution = newExecution(plan);
    const { first } = await one.open(execution, offer);
    await store.insertAll([{ execution, held: offer, first }]);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 2 });
    expect(store.events(execution.id).map(({ type }) => type)).toContain('step.restarted');
  });

  it.each([
    ['is skipped', { when: 'false' }],
    ['waits first', { config: { wait_for: { seconds: 1 } } }],
    ['cannot be prepared', { inputMappings: { n: '$error()' } }],
  ])('leaves to the run a first step that %s', async (_, changes) => {
    const other = planOf([stepPlan('only', changes)]);
    store = new WatchedStore();
    bench = new WorkerBench(store, other, { custom: new TestHandler(({ input }) => output(input)) });
    const one = bench.startWorker({}, { opener: bench.newRunner() });
    const execution = newExecution(other);
    const held = await one.open(execution, await offered(one));
    expect(held).toEqual({ state: heldInitialState(execution), first: undefined });
  });

  it('keeps a place for each that it was offered, and offers nothing before its first look or after its stop', async () => {
    const worker = open().startWorker({ concurrency: 2 });
    expect(worker.offer()).toBeUndefined();
    const offers = [await offered(worker), await offered(worker)];
    expect(worker.offer()).toBeUndefined();
    for (const offer of offers) worker.withdraw(offer);
    expect(await offered(worker)).toBeDefined();
    await worker.stop(0);
    expect(worker.offer()).toBeUndefined();
  });

  it('offers nothing while others wait for room', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const handler = new TestHandler(async () => {
      await goOn;
      return output(1);
    });
    const worker = open(handler).startWorker({ concurrency: 1, pollMs: LONG_MS });
    worker.withdraw(await offered(worker));
    const [first, second] = [await bench.begin(), await bench.begin()];
    await bench.until(first, ({ status }) => status === 'running');
    expect(worker.offer()).toBeUndefined();
    resolve();
    await bench.until(second);
    expect(await offered(worker)).toBeDefined();
  });

  it('claims no more than there are places left', async () => {
    const worker = open().startWorker({ concurrency: 1 });
    const offer = await offered(worker);
    const waiting = await bench.begin();
    const held = newExecution(plan);
    await store.insertAll([{ execution: held, held: offer }]);
    expect((await store.load(waiting))?.status).toBe('pending');
    worker.take(await worker.open(held, offer), offer);
    expect(await bench.until(held.id)).toMatchObject({ status: 'completed', leaseEpoch: 1 });
    expect(await bench.until(waiting)).toMatchObject({ status: 'completed' });
  });

  it('hands back what it is given while it stops', async () => {
    const worker = open().startWorker();
    const offer = await offered(worker);
    const execution = newExecution(plan);
    await store.insertAll([{ execution, held: offer }]);
    const stopped = worker.stop(0);
    worker.take(await worker.open(execution, offer), offer);
    await stopped;
    expect(store.leaseOf(execution.id)).toMatchObject({ owner: null });
    expect((await store.load(execution.id))?.status).toBe('pending');
  });

  it('leaves what it was never given to whoever claims it after the lease', async () => {
    const worker = open().startWorker();
    const offer = overdue(await offered(worker));
    const execution = newExecution(plan);
    await store.insertAll([{ execution, held: offer }]);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 2 });
  });
});

describe('starting executions', () => {
  const [one, other] = [newExecution(plan), newExecution(plan)];
  const offer: HeldStart = { workerId: 'w1', now: 1, leaseMs: 10 };
  const held = { state: heldInitialState(one), first: { at: 1 } as ExecutionCommit };

  function open(claims?: Partial<StartClaims>) {
    const wakeUps = new LocalWakeUps();
    const hints: WakeUp[] = [];
    wakeUps.subscribe((hint) => hints.push(hint));
    const store = { insertAll: jest.fn().mockResolvedValue(undefined) };
    const plans = { load: () => Promise.resolve(plan) };
    const commands = new ExecutionCommands(
      store as never,
      plans,
      wakeUps,
      systemClock,
      undefined,
      claims as StartClaims,
    );
    return { commands, hints, insertAll: store.insertAll };
  }

  it('gives the worker what it has room for after the commit, and tells of the others', async () => {
    const offers = [offer, undefined];
    const claims = { offer: () => offers.shift(), open: jest.fn(() => Promise.resolve(held)), take: jest.fn() };
    const { commands, hints, insertAll } = open(claims);
    const starts = [await commands.prepare(one), await commands.prepare(other)];
    expect(claims.open.mock.calls).toEqual([[one, offer]]);
    await commands.createAll(starts);
    expect(insertAll).toHaveBeenCalledWith([{ execution: one, held: offer, ...held }, { execution: other }]);
    expect(hints).toEqual([]);
    commands.begin(starts);
    expect(claims.take.mock.calls).toEqual([[held, offer]]);
    expect(hints).toEqual([{ kind: 'due' }]);
  });

  it('tells nobody when all are taken up', async () => {
    const { commands, hints } = open({ offer: () => offer, open: () => Promise.resolve(held), take: jest.fn() });
    commands.begin([await commands.prepare(one)]);
    expect(hints).toEqual([]);
  });

  it('tells of all when there is no worker, or no room', async () => {
    for (const claims of [undefined, { offer: () => undefined }]) {
      const { commands, hints } = open(claims);
      commands.begin([await commands.prepare(one)]);
      expect(hints).toEqual([{ kind: 'due' }]);
    }
  });

  it('gives the place back when nothing was stored, or nothing could be prepared', async () => {
    const withdraw = jest.fn();
    const broken = () => Promise.reject(new Error('no plan'));
    const { commands } = open({ offer: () => offer, open: () => Promise.resolve(held), withdraw });
    commands.abandon(await commands.prepare(one));
    await expect(open({ offer: () => offer, open: broken, withdraw }).commands.prepare(one)).rejects.toThrow('no plan');
    expect(withdraw.mock.calls).toEqual([[offer], [offer]]);
  });
});
