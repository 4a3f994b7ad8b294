import { commitOf, type ExecutionState, type HeldLease, transition } from '@aitbc/execution-engine';
import { chain, newExecution } from '@aitbc/execution-engine/testing';
import { type Database, newId } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { insertTestWorkflow } from './testing/test-workflow';
import { TypeOrmExecutionStore } from './typeorm-execution-store';

const EXECUTIONS = 40;
const ROUNDS = 15;
const LEASE = 60_000;
const plan = chain(['first']);

describeOnEngines('statements that change the same executions', (engine) => {
  async function open(url: string): Promise<{ db: Database; store: TypeOrmExecutionStore }> {
    const db = await engine.openDatabase({ url, entities: agentContextEntities, migrations: agentContextMigrations });
    return { db, store: new TypeOrmExecutionStore(db) };
  }

  /** Executions in this worker's hands, each with a step that waits for a job of its own. */
  async function held(store: TypeOrmExecutionStore): Promise<ExecutionState[]> {
    for (let count = 0; count < EXECUTIONS; count += 1) await store.insert(newExecution(plan));
    const claimed = await store.claim({ workerId: 'w1', now: Date.now(), leaseMs: LEASE, limit: EXECUTIONS });
    return Promise.all(claimed.map((state) => suspend(store, state)));
  }

  async function suspend(store: TypeOrmExecutionStore, before: ExecutionState): Promise<ExecutionState> {
    const at = Date.now();
    const start = { type: 'step_started', at, stepId: 'first', rowId: newId('step_exec'), input: '{}' } as const;
    const wait = { kind: 'job', ref: `job_${before.id}`, until: at + LEASE } as const;
    const began = transition(plan, before, { type: 'execution_started', at });
    const started = transition(plan, began.state, { ...start, estimate: 0 });
    const after = transition(plan, started.state, { type: 'step_suspended', at, stepId: 'first', wait });
    const records = [...began.records, ...started.records, ...after.records];
    const change = commitOf({ before, after: after.state, records }, { owner: 'w1', wakeAt: at + LEASE }, at);
    if ((await store.commit(change)) === 'lost') throw new Error('the lease was lost');
    return after.state;
  }

  it('never wait for each other in a circle, in whatever order they name them', async () => {
    const url = await engine.freshUrl();
    const [one, other] = [await open(url), await open(url)];
    await insertTestWorkflow(one.db, 'wf_test', 1);
    const states = await held(one.store);
    const leases = states.map(({ id, leaseEpoch }): HeldLease => ({ executionId: id, leaseEpoch }));
    const refs = states.map(({ id }) => `job_${id}`);
    const retriesBefore = one.db.stats().retries + other.db.stats().retries;
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all([
        one.store.renew(leases, LEASE, Date.now()),
        one.store.signal('job', refs.toReversed(), Date.now()),
        other.store.renew(leases.toReversed(), LEASE, Date.now()),
        other.store.signal('job', refs, Date.now()),
        ...states.toReversed().map((state) => touch(one.store, state)),
      ]);
    }
    // Of a circle PostgreSQL breaks one link, which is then tried again. On SQLite a retry is a wait for the one writer.
    const retries = one.db.stats().retries + other.db.stats().retries - retriesBefore;
    if (engine.engine === 'postgres') expect(retries).toBeLessThan(ROUNDS / 5);
    expect(await one.store.lost(leases)).toEqual([]);
  });
});

/** Commits a state that is stored already, as a run does that only takes its lease on. */
async function touch(store: TypeOrmExecutionStore, state: ExecutionState): Promise<void> {
  const at = Date.now();
  const lease = { owner: 'w1', wakeAt: at + LEASE };
  const steps = [...state.steps.values()];
  const outcome = await store.commit({ ...commitOf({ before: state, after: state, records: [] }, lease, at), steps });
  if (outcome === 'lost') throw new Error('the lease was lost');
}
