import { LocalWakeUps, type WakeUp } from '@aitbc/execution-engine';
import { chain, newExecution } from '@aitbc/execution-engine/testing';
import type { Database } from '@aitbc/shared-core';
import { describeOnEngines, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { insertTestWorkflow } from '../store/testing/test-workflow';
import { TypeOrmExecutionStore } from '../store/typeorm-execution-store';
import { DeadOwners } from './dead-owners';

const plan = chain(['first']);

describeOnEngines('leases of dead processes', (engine) => {
  let db: Database;
  let store: TypeOrmExecutionStore;
  const started: DeadOwners[] = [];
  afterEach(() => Promise.all(started.splice(0).map((owners) => owners.stop())));

  beforeEach(async () => {
    db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
    store = new TypeOrmExecutionStore(db);
  });

  const claim = (workerId: string) => store.claim({ workerId, now: Date.now(), leaseMs: 3_600_000, limit: 1 });

  async function claimNew(workerId: string) {
    await store.insert(newExecution(plan));
    const [claimed] = await claim(workerId);
    if (!claimed) throw new Error('nothing was due');
    return claimed;
  }

  function look(isDead: (owner: string) => boolean, lookEveryMs?: number) {
    const wakeUps = new LocalWakeUps();
    const heard: WakeUp[] = [];
    wakeUps.subscribe((hint) => void heard.push(hint));
    const { logger, lines } = memoryLogger();
    const owners = new DeadOwners(store, isDead, wakeUps, logger, lookEveryMs);
    owners.start();
    started.push(owners);
    return { owners, heard, lines };
  }

  it('are taken away at the start, so that another worker claims at once; those of the living are kept', async () => {
    const [dead, alive] = [await claimNew('dead'), await claimNew('alive')];
    const { heard } = look((owner) => owner === 'dead');
    await waitFor(() => heard.length > 0);
    const [next] = await claim('next');
    expect(next).toMatchObject({ id: dead.id, leaseEpoch: dead.leaseEpoch + 1 });
    expect(await claim('next')).toEqual([]);
    expect(await store.lost([{ executionId: alive.id, leaseEpoch: alive.leaseEpoch }])).toEqual([]);
  });

  it('are found also when their owner dies later', async () => {
    const claimed = await claimNew('worker');
    let isAlive = true;
    const { heard } = look(() => !isAlive, 5);
    isAlive = false;
    await waitFor(() => heard.length > 0);
    expect((await claim('next'))[0]?.id).toBe(claimed.id);
  });

  it('leave an owner that lived after all with nothing but refusals', async () => {
    const wronged = await claimNew('wronged');
    const held = { executionId: wronged.id, leaseEpoch: wronged.leaseEpoch };
    const { heard } = look(() => true);
    await waitFor(() => heard.length > 0);
    expect(await store.lost([held])).toEqual([held]);
    expect(await store.renew([held], 1_000, Date.now())).toEqual([held]);
    await claim('next');
    await store.release(held, Date.now());
    expect(await claim('third')).toEqual([]);
  });

  it('are looked for again after a failure', async () => {
    const claimed = await claimNew('dead');
    const failing = jest.spyOn(store, 'leaseOwners').mockRejectedValueOnce(new Error('away'));
    const { heard, lines } = look(() => true, 5);
    await waitFor(() => heard.length > 0);
    expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect((await claim('next'))[0]?.id).toBe(claimed.id);
    failing.mockRestore();
  });
});
