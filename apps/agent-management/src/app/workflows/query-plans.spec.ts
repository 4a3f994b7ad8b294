import type { PageRequest, Principal } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { ADMIN, ALICE, openWorkflows, type WorkflowFixture } from './testing/workflow-fixture';
import { countStatement, pageStatement, type Statement, type WorkflowFilter } from './workflow-list';

const PAGE: PageRequest = { limit: 50, afterId: undefined, offset: 0, withCount: true };
const NEXT: PageRequest = { ...PAGE, afterId: 'wf_9' };

describeOnEngines('the lists of workflows', (engine) => {
  let fixture: WorkflowFixture;
  beforeAll(async () => (fixture = await openWorkflows(engine)));

  /** PostgreSQL would scan tables as small as these: with that forbidden, it must find an index for each. */
  const planOf = ({ sql, parameters }: Statement) =>
    fixture.db.writeSet(async (runner) => {
      if (engine.engine === 'postgres') await runner.query('SET LOCAL enable_seqscan = off');
      const explain = engine.engine === 'postgres' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
      const rows = await runner.query<Record<string, unknown>>(`${explain} ${sql}`, parameters);
      return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN']));
    });

  const lists: [string, Principal, WorkflowFilter][] = [
    ['all that one may see', ALICE, {}],
    ['one’s own', ALICE, { ownerId: 'alice' }],
    ['one’s own private ones', ALICE, { isPublic: false }],
    ['those of another', ALICE, { ownerId: 'bob' }],
    ['public ones', ALICE, { isPublic: true }],
    ['those with tags', ALICE, { tags: ['a', 'b'] }],
    ['all there are', ADMIN, {}],
    ['all private ones there are', ADMIN, { isPublic: false }],
  ];
  it.each(lists)('scan no table for %s', async (_what, who, filter) => {
    for (const statement of [
      pageStatement(who, filter, PAGE),
      pageStatement(who, filter, NEXT),
      countStatement(who, filter),
    ]) {
      const plan = await planOf(statement);
      expect(plan.some((line) => /SEARCH w USING|Index.* Scan/.test(line))).toBe(true);
      expect(plan.filter((line) => /^SCAN (w|t|ai_agent)|Seq Scan/.test(line))).toEqual([]);
    }
  });
});
