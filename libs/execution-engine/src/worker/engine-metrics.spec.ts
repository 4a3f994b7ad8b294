import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import { systemClock } from '../ports/clock.port';
import type { EngineMetrics, LeaseLoss } from '../ports/engine-metrics.port';
import { output, planOf, stepPlan, TestHandler, untilAborted, WorkerBench } from '../testing';

const PLAN = planOf([stepPlan('a')]);

class Heard implements EngineMetrics {
  readonly claims: { count: number; oldestDueMs: number }[] = [];
  readonly losses: LeaseLoss[] = [];

  claimed(count: number, oldestDueMs: number): void {
    this.claims.push({ count, oldestDueMs });
  }

  leaseLost(reason: LeaseLoss): void {
    this.losses.push(reason);
  }
}

describe('what a worker tells of its work', () => {
  let store: InMemoryExecutionStore;
  let metrics: Heard;
  let bench: WorkerBench;
  let handler: TestHandler;
  beforeEach(() => {
    store = new InMemoryExecutionStore();
    metrics = new Heard();
    handler = new TestHandler(untilAborted);
    bench = new WorkerBench(store, PLAN, { custom: handler });
  });
  afterEach(() => bench.stop());

  const running = (id: string) => bench.until(id, () => handler.ran.length > 0);

  it('is how many a claim took, and how long the oldest had been due', async () => {
    await bench.begin({ createdAt: Date.now() - 5_000 });
    const id = await bench.begin();
    bench.startWorker({}, { metrics });
    await running(id);
    expect(metrics.claims).toHaveLength(1);
    expect(metrics.claims[0]?.count).toBe(2);
    expect(metrics.claims[0]?.oldestDueMs).toBeGreaterThanOrEqual(5_000);
    expect(metrics.losses).toEqual([]);
  });

  it('is a run that a cancel ends, here or elsewhere', async () => {
    bench.startWorker({}, { metrics });
    const here = await bench.begin();
    await running(here);
    await bench.commands.cancel(here, 'enough');
    expect(metrics.losses).toEqual(['changed']);
    const elsewhere = await bench.begin();
    await bench.until(elsewhere, () => handler.ran.length > 1);
    await new WorkerBench(store, PLAN, {}).commands.cancel(elsewhere, 'enough');
    await bench.until(elsewhere, () => metrics.losses.length > 1);
    expect(metrics.losses).toEqual(['changed', 'taken']);
  });

  it('is a lease that ran out while the process stood still', async () => {
    let stoodStill = 0;
    const clock = { ...systemClock, now: () => Date.now() + stoodStill };
    const reach = (point: string) => {
      if (point === 'after_commit' && stoodStill === 0) stoodStill = 60_000;
    };
    bench.startWorker({}, { metrics, clock, reach });
    const id = await bench.begin();
    await bench.until(id, () => metrics.losses.length > 0);
    expect(metrics.losses[0]).toBe('overslept');
  });

  it('is nothing when its leases are looked at while an end is being stored', async () => {
    const looked = Promise.withResolvers<void>();
    const [commit, lost] = [store.commit.bind(store), store.lost.bind(store)];
    jest.spyOn(store, 'commit').mockImplementation(async (wanted) => {
      const outcome = await commit(wanted);
      if (wanted.lease.owner === null) await looked.promise;
      return outcome;
    });
    jest.spyOn(store, 'lost').mockImplementation(async (leases) => {
      const gone = await lost(leases);
      // After the worker has made of it what it makes.
      if (gone.length > 0) setImmediate(() => looked.resolve());
      return gone;
    });
    bench = new WorkerBench(store, PLAN, { custom: new TestHandler(() => output(1)) });
    bench.startWorker({}, { metrics });
    const id = await bench.begin();
    await looked.promise;
    await bench.until(id, ({ status }) => status === 'completed');
    await bench.stop();
    expect(metrics.losses).toEqual([]);
  });

  it('is nothing when what it holds is handed back', async () => {
    bench.startWorker({}, { metrics });
    await running(await bench.begin());
    await bench.stop();
    expect(metrics.losses).toEqual([]);
  });
});
