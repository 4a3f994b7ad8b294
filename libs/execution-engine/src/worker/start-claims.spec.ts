import { heldInitialState } from '../core/initial-state';
import { ExecutionCommands } from '../execution-commands';
import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import { systemClock } from '../ports/clock.port';
import { LocalWakeUps, type WakeUp } from '../ports/queue.port';
import type { StartClaims } from '../ports/start-claims.port';
import type { HeldStart } from '../ports/store.port';
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
  async function offered(worker: ReturnType<WorkerBench['startWorker']>, wanted = 1): Promise<HeldStart> {
    for (;;) {
      const offer = worker.offer(wanted);
      if (offer) return offer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('runs them without a claim, under the lease with which they were stored', async () => {
    const worker = open().startWorker({ workerId: 'w1', pollMs: LONG_MS });
    const offer = await offered(worker);
    const execution = newExecution(plan);
    await store.insertAll([execution], offer);
    expect(store.leaseOf(execution.id)).toEqual({ owner: 'w1', wakeAt: offer.now + offer.leaseMs });
    worker.take([heldInitialState(execution)], offer);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 1 });
    expect(store.claims).toBe(0);
  });

  it('offers no more than it has room for, and nothing before its first look or after its stop', async () => {
    const worker = open().startWorker({ concurrency: 3 });
    expect(worker.offer(1)).toBeUndefined();
    expect(await offered(worker, 5)).toMatchObject({ count: 3 });
    await worker.stop(0);
    expect(worker.offer(1)).toBeUndefined();
  });

  it('offers nothing while others wait for room', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const handler = new TestHandler(async () => {
      await goOn;
      return output(1);
    });
    const worker = open(handler).startWorker({ concurrency: 1, pollMs: LONG_MS });
    await offered(worker);
    const [first, second] = [await bench.begin(), await bench.begin()];
    await bench.until(first, ({ status }) => status === 'running');
    expect(worker.offer(1)).toBeUndefined();
    resolve();
    await bench.until(second);
    expect(await offered(worker)).toMatchObject({ count: 1 });
  });

  it('hands back what it has no room for any more', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const handler = new TestHandler(async () => {
      await goOn;
      return output(1);
    });
    const worker = open(handler).startWorker({ concurrency: 1 });
    const offer = await offered(worker);
    const busy = await bench.begin();
    await bench.until(busy, ({ status }) => status === 'running');
    const late = newExecution(plan);
    await store.insertAll([late], offer);
    worker.take([heldInitialState(late)], offer);
    expect(store.leaseOf(late.id)).toMatchObject({ owner: null });
    resolve();
    expect(await bench.until(late.id)).toMatchObject({ status: 'completed', leaseEpoch: 2 });
  });

  it('hands back what it is given while it stops', async () => {
    const worker = open().startWorker();
    const offer = await offered(worker);
    const execution = newExecution(plan);
    await store.insertAll([execution], offer);
    const stopped = worker.stop(0);
    worker.take([heldInitialState(execution)], offer);
    await stopped;
    expect(store.leaseOf(execution.id)).toMatchObject({ owner: null });
    expect((await store.load(execution.id))?.status).toBe('pending');
  });

  it('leaves what it was never given to whoever claims it after the lease', async () => {
    const worker = open().startWorker({ leaseMs: 50 });
    const offer = await offered(worker);
    const execution = newExecution(plan);
    await store.insertAll([execution], offer);
    expect(await bench.until(execution.id)).toMatchObject({ status: 'completed', leaseEpoch: 2 });
  });
});

describe('starting many executions', () => {
  const store = () => ({ insertAll: jest.fn().mockResolvedValue(undefined) });
  const [first, second] = [newExecution(plan), newExecution(plan)];
  const offer: HeldStart = { workerId: 'w1', now: 1, leaseMs: 10, count: 1 };

  async function start(claims?: StartClaims) {
    const [wakeUps, stored] = [new LocalWakeUps(), store()];
    const hints: WakeUp[] = [];
    wakeUps.subscribe((hint) => hints.push(hint));
    const plans = { load: () => Promise.resolve(plan) };
    const commands = new ExecutionCommands(stored as never, plans, wakeUps, systemClock, undefined, claims);
    const begin = await commands.createAll([first, second]);
    expect(hints).toEqual([]);
    begin();
    return { hints, insertAll: stored.insertAll };
  }

  it('gives the worker what it has room for after the commit, and tells of the others', async () => {
    const claims = { offer: jest.fn(() => offer), take: jest.fn() };
    const { hints, insertAll } = await start(claims);
    expect(claims.offer).toHaveBeenCalledWith(2);
    expect(insertAll).toHaveBeenCalledWith([first, second], offer);
    expect(claims.take).toHaveBeenCalledWith([heldInitialState(first)], offer);
    expect(hints).toEqual([{ kind: 'due' }]);
  });

  it('tells nobody when all are taken up', async () => {
    const { hints } = await start({ offer: () => ({ ...offer, count: 2 }), take: jest.fn() });
    expect(hints).toEqual([]);
  });

  it('tells of all when there is no worker, or no room', async () => {
    expect((await start()).hints).toEqual([{ kind: 'due' }]);
    const { hints, insertAll } = await start({ offer: () => undefined, take: jest.fn() });
    expect(hints).toEqual([{ kind: 'due' }]);
    expect(insertAll).toHaveBeenCalledWith([first, second], undefined);
  });
});
