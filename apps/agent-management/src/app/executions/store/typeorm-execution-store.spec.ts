import { describeExecutionStore } from '@aitbc/execution-engine/testing';
import type { Database } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations, AgentExecution, ExecutionEvent } from '@aitbc/shared-domain';
import { newestStatement } from '../news/execution-news';
import { AWAITED_JOBS } from './awaited-jobs';
import { claimStatement } from './claim';
import { LEASE_OWNERS, releaseOwnersStatement } from './owners';
import { explain } from './testing/explain';
import { insertTestWorkflow } from './testing/test-workflow';
import { dueInStatement, TypeOrmExecutionStore } from './typeorm-execution-store';

describeOnEngines('the TypeORM store', (context) => {
  let db: Database;

  beforeAll(async () => {
    db = await context.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
  });

  async function openEmpty() {
    await db.write((manager) => manager.createQueryBuilder().delete().from(AgentExecution).execute());
    return {
      store: new TypeOrmExecutionStore(db, () => undefined, 'caller'),
      events: async (executionId: string) => {
        const rows = await db.read((manager) =>
          manager.find(ExecutionEvent, { where: { executionId }, order: { seq: 'ASC' } }),
        );
        return rows.map(({ seq, type, stepId, data, occurredAt: at }) => ({
          seq,
          type,
          stepId,
          data: data as object & {},
          at,
        }));
      },
    };
  }

  describeExecutionStore(`the ${context.engine} store`, async () => {
    const { store, events } = await openEmpty();
    return { store, events: (id) => events(id) as never };
  });

  it('finds due executions, waiting steps and unreleased steps by their indexes', async () => {
    const plans = await Promise.all([
      explain(db, claimStatement(db.engine).replace('RETURNING *', ''), ['w', 2, null, 10]),
      explain(db, dueInStatement(db.engine), [null]),
      explain(db, `SELECT id FROM agent_step_executions WHERE wait_kind = 'job' AND wait_ref = 'x'`),
      explain(db, 'SELECT id FROM agent_step_executions WHERE release_pending LIMIT 10'),
      explain(db, `SELECT id FROM agent_step_executions WHERE execution_id = 'x'`),
      explain(db, AWAITED_JOBS, ['', 10]),
      explain(db, LEASE_OWNERS),
      explain(db, releaseOwnersStatement(db.engine).replace('RETURNING id', ''), ['[]', 1]),
      explain(db, newestStatement(db.engine), [JSON.stringify([{ id: 'x' }])]),
    ]);
    const expected = [
      'ix_executions_wake',
      'ix_executions_wake',
      'ix_step_executions_wait',
      'ix_step_executions_release',
      'ux_step_executions_step',
      'ix_step_executions_wait',
      'ix_executions_wake',
      'ix_executions_wake',
      db.engine === 'sqlite' ? 'SEARCH e USING INDEX' : 'on agent_executions e',
    ];
    expected.forEach((index, position) => expect(plans[position]).toContain(index));
    // By the index's order, and ended by the first execution that is not due: not a look at every one that waits.
    expect(plans[0]).toMatch(db.engine === 'sqlite' ? /wake_at>\? AND wake_at<\?/ : /Index Cond: .*wake_at <=/);
  });
});
