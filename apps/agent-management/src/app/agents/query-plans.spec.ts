import type { PageRequest } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { type AgentFilter, matchingAgents, onePage } from './agent-list';
import { type AgentFixture, openAgents } from './testing/agent-fixture';

const PAGE: PageRequest = { limit: 50, afterId: undefined, offset: 0, withCount: false };
const NEXT: PageRequest = { ...PAGE, afterId: 'agent_9' };

describeOnEngines('the lists of agents', (engine) => {
  let fixture: AgentFixture;
  beforeAll(async () => (fixture = await openAgents(engine)));

  /** PostgreSQL would scan tables as small as these: with that forbidden, it must find an index for each. */
  const planOf = (filter: AgentFilter, page: PageRequest) =>
    fixture.db.write(async (manager) => {
      if (engine.engine === 'postgres') await manager.query('SET LOCAL enable_seqscan = off');
      const [sql, parameters] = onePage(
        matchingAgents(manager, filter, fixture.clock.ms),
        page,
      ).getQueryAndParameters();
      const explain = engine.engine === 'postgres' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
      const rows: Record<string, unknown>[] = await manager.query(`${explain} ${sql}`, parameters);
      return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN']));
    });

  const lists: [string, AgentFilter][] = [
    ['one’s own', { ownerId: 'alice' }],
    ['those that can do something', { ownerId: 'alice', capability: 'sing' }],
    ['those that are busy', { ownerId: 'alice', status: 'busy' }],
    ['those that are offline', { ownerId: 'alice', status: 'offline' }],
    ['those that are online', { ownerId: 'alice', onlineOnly: true }],
    ['retired ones', { ownerId: 'alice', lifecycle: 'retired' }],
    ['everybody’s', { ownerId: undefined }],
    ['everybody’s that can do something', { ownerId: undefined, capability: 'sing', onlineOnly: true }],
  ];
  it.each(lists)('scan no table for %s', async (_what, filter) => {
    for (const page of [PAGE, NEXT]) {
      const plan = await planOf(filter, page);
      expect(plan.some((line) => /SEARCH a USING|Index.* Scan/.test(line))).toBe(true);
      expect(plan.filter((line) => /^SCAN|Seq Scan/.test(line))).toEqual([]);
    }
  });
});
