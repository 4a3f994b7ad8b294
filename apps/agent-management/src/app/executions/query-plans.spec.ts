import type { Database, PageRequest } from '@aitbc/shared-core';
import { describeOnEngines, planOf, planOfQuery, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { recordStatements } from './execution-reads';
import { type ExecutionFilter, pageQuery } from './execution.repository';

const PAGE: PageRequest = { limit: 50, afterId: undefined, offset: 0, withCount: false };
const NEXT: PageRequest = { ...PAGE, afterId: 'exec_9' };
const SORT = /USE TEMP B-TREE|Sort/;

/** The claim's plan stands with its store. */
describeOnEngines('reads of executions among very many', (engine) => {
  let db: Database;

  beforeAll(async () => {
    db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
  });

  it.each(['executions', 'steps', 'receipts'] as const)('find the %s of a status by their keys', async (what) => {
    const plan = await planOf(db, recordStatements(db.engine)[what], ['[{"key":"exec_1"}]']);
    expect(plan).toMatch(/SEARCH t USING|Index Scan/);
    // The keys themselves are a table to SQLite.
    expect(plan.replace(/SCAN (given|json_each)/g, '')).not.toMatch(TABLE_SCAN);
  });

  const lists: [string, ExecutionFilter][] = [
    ['one’s own', { ownerId: 'alice' }],
    ['one’s own with a status', { ownerId: 'alice', status: 'failed' }],
    ['one’s own of a workflow', { ownerId: 'alice', workflowId: 'wf_1' }],
    ['all there are', { ownerId: undefined }],
  ];
  it.each(lists)('walk an index in its order for a page of %s', async (_what, filter) => {
    for (const page of [PAGE, NEXT]) {
      const plan = await planOfQuery(db, (manager) => pageQuery(manager, filter, page));
      expect(plan).not.toMatch(TABLE_SCAN);
      expect(plan).not.toMatch(SORT);
    }
  });
});
