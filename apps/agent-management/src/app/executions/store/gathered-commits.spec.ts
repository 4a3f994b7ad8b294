import { commitOf, type ExecutionState, transition } from '@aitbc/execution-engine';
import { chain, newExecution } from '@aitbc/execution-engine/testing';
import type { Database } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { insertTestWorkflow } from './testing/test-workflow';
import { TypeOrmExecutionStore } from './typeorm-execution-store';

const NOW = 1_800_000_000_000;
const COMMITS = 40;

/** Counts the sets that were asked for and have not ended. */
function countingSets(db: Database) {
  let open = 0;
  let most = 0;
  const writeSet: Database['writeSet'] = async (work) => {
    most = Math.max(most, ++open);
    return db.writeSet(work).finally(() => (open -= 1));
  };
  const counting = new Proxy(db, {
    get: (target, name: keyof Database) => {
      const member = name === 'writeSet' ? writeSet : target[name];
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { counting, most: () => most };
}

describeOnEngines('commits that come while others are written', (engine) => {
  it('are written together when their turn has come', async () => {
    const db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
    const { counting, most } = countingSets(db);
    const store = new TypeOrmExecutionStore(counting, () => undefined, 'caller');
    const plan = chain(['first']);
    for (let n = 0; n < COMMITS; n += 1) await store.insert(newExecution(plan, { createdAt: NOW }));
    const claimed = await store.claim({ workerId: 'w', now: NOW, leaseMs: 30_000, limit: COMMITS });
    const commit = async (execution: ExecutionState, index: number) => {
      for (let turn = 0; turn < index; turn += 1) await new Promise((resolve) => setTimeout(resolve));
      const { state, records } = transition(plan, execution, { type: 'execution_started', at: NOW });
      return store.commit(commitOf({ before: execution, after: state, records }, { owner: 'w', wakeAt: NOW }, NOW));
    };
    const outcomes = await Promise.all(claimed.map(commit));
    expect(outcomes).toEqual(Array(COMMITS).fill('committed'));
    // On SQLite the next batch waits in the writer's queue while one is written.
    expect(most()).toBeLessThanOrEqual(engine.engine === 'postgres' ? 1 : 2);
  });
});
