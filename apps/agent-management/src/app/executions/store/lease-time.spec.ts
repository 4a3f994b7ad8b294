import { commitOf, type ExecutionState, transition } from '@aitbc/execution-engine';
import { chain, newExecution } from '@aitbc/execution-engine/testing';
import { type Database, newId } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations, AgentExecution } from '@aitbc/shared-domain';
import { insertTestWorkflow } from './testing/test-workflow';
import { TypeOrmExecutionStore } from './typeorm-execution-store';

const HOUR = 3_600_000;
const LEASE = 30_000;
const plan = chain(['first', 'second']);

describeOnEngines('leases by the clock of the database', (engine) => {
  let db: Database;
  let store: TypeOrmExecutionStore;

  beforeAll(async () => {
    db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
  });
  beforeEach(async () => {
    await db.write((manager) => manager.createQueryBuilder().delete().from(AgentExecution).execute());
    store = new TypeOrmExecutionStore(db, () => undefined, 'database');
  });

  const claim = (now: number) => store.claim({ workerId: 'w1', now, leaseMs: LEASE, limit: 10 });
  const dueIn = () => store.dueIn(0);

  async function insertAndClaim(): Promise<ExecutionState> {
    await store.insert(newExecution(plan));
    const [claimed] = await claim(Date.now());
    if (!claimed) throw new Error('nothing was due');
    return claimed;
  }

  async function start(before: ExecutionState, at: number, owner: string | null, wakeAt: number) {
    const { state: after, records } = transition(plan, before, { type: 'execution_started', at });
    return store.commit(commitOf({ before, after, records }, { owner, wakeAt }, at));
  }

  it.each([
    ['ahead', HOUR],
    ['behind', -HOUR],
  ])('run alike for a caller whose clock is an hour %s', async (_name, skew) => {
    const now = Date.now() + skew;
    await store.insert(newExecution(plan, { createdAt: now }));
    const [claimed] = await claim(now);
    if (!claimed) throw new Error('nothing was due');
    const held = { executionId: claimed.id, leaseEpoch: claimed.leaseEpoch };
    await expectLease(LEASE);
    expect(await claim(now)).toEqual([]);
    expect(await store.renew([held], 2 * LEASE, now)).toEqual([]);
    await expectLease(2 * LEASE);
    expect(await start(claimed, now, 'w1', now + LEASE)).toBe('committed');
    await expectLease(LEASE);
  });

  async function expectLease(length: number): Promise<void> {
    const left = await dueIn();
    expect(left).toBeLessThanOrEqual(length);
    expect(left).toBeGreaterThan(length - 5_000);
  }

  it('makes due at once what a skewed caller hands over or signals', async () => {
    const ahead = Date.now() + HOUR;
    const claimed = await insertAndClaim();
    const { id } = claimed;
    await start(claimed, ahead, null, ahead);
    expect(await dueIn()).toBeLessThanOrEqual(0);
    await db.write((manager) => manager.update(AgentExecution, { id }, { wakeAt: Date.now() + 2 * HOUR }));
    await store.addSignal({ id: newId('sig'), executionId: id, name: 'go', data: '1', sentBy: 'o', sentAt: ahead });
    expect(await dueIn()).toBeLessThanOrEqual(0);
  });

  it('leaves a timer at the time that it was set for', async () => {
    const claimed = await insertAndClaim();
    const now = Date.now();
    await start(claimed, now, null, now + HOUR);
    const left = await dueIn();
    expect(left).toBeGreaterThan(HOUR - 5_000);
    expect(left).toBeLessThanOrEqual(HOUR + 1_000);
  });
});
