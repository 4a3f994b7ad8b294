import { describeOnEngines, planOf, planOfQuery, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';
import { EARNED } from './miner-earnings.store';
import { type MinerFilter, onePageOfMiners } from './miner-list';

describeOnEngines('plans of the queries of miners', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));

  it('add up the receipts of one miner and one period only', async () => {
    const plan = await planOf(app.db, EARNED, ['m', 1, 2]);
    expect(plan).toMatch(/ix_job_receipts_earned/);
    expect(plan).not.toMatch(TABLE_SCAN);
  });

  const filters: [string, MinerFilter][] = [
    ['all', {}],
    ['of an owner', { ownerId: 'operator' }],
    ['of a region', { region: 'eu' }],
    ['that are online', { heartbeat: { online: true, since: 1 } }],
    ['that are not', { heartbeat: { online: false, since: 1 } }],
  ];
  it.each(filters)('list by an index, never by the table: %s', async (_what, filter) => {
    for (const afterId of [undefined, 'm']) {
      const page = { limit: 50, afterId, offset: 0, withCount: false };
      expect(await planOfQuery(app.db, (manager) => onePageOfMiners(manager, filter, page))).not.toMatch(TABLE_SCAN);
    }
  });
});
