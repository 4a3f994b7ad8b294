import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import type { HeldLease } from '../ports/store.port';
import { newExecution, output, planOf, stepPlan, TestHandler, untilAborted, WorkerBench } from '../testing';

const plan = planOf([stepPlan('only')]);

/** A store in which something new is due whenever somebody looks. */
class EndlessStore extends InMemoryExecutionStore {
  readonly renewed = new Set<string>();
  looks = 0;

  override async dueIn(now: number): Promise<number | null> {
    this.looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
    await this.insert(newExecution(plan, { ownerId: 'other', createdAt: now }));
    return super.dueIn(now);
  }

  override renew(leases: readonly HeldLease[], leaseMs: number, now: number): Promise<HeldLease[]> {
    for (const { executionId } of leases) this.renewed.add(executionId);
    return super.renew(leases, leaseMs, now);
  }
}

it('keeps its leases while there is always something more to claim', async () => {
  const store = new EndlessStore();
  const handler = new TestHandler((context) =>
    context.execution.ownerId === 'other' ? output(null) : untilAborted(context),
  );
  const bench = new WorkerBench(store, plan, { custom: handler });
  bench.startWorker({ leaseMs: 60, pollMs: 10 });
  const held = await bench.begin();
  // At a millisecond each that is several times as long as the lease.
  await bench.until(held, () => store.looks >= 200);
  expect(store.renewed).toContain(held);
  await bench.stop();
});
