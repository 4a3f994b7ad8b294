import { describeOnEngines, planOfQuery, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';
import { type GpuOfferFilter, liveOffers, onePageOfOffers } from './gpu-offer-list';

const PAGE = { limit: 50, afterId: 'offer_9', offset: 0, withCount: false };

describeOnEngines('plans of the queries of GPU offers', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));

  const filters: [string, GpuOfferFilter, RegExp][] = [
    ['all', {}, /./],
    ['of a GPU', { gpu: 'T4' }, /ix_gpu_offers_gpu/],
    ['of some memory', { minMemoryMb: 1 }, /./],
    ['of some price', { maxPrice: 1 }, /./],
    ['of a region', { region: 'eu' }, /ix_gpu_offers_region/],
    ['that are available', { status: 'available' }, /ix_gpu_offers_state/],
    ['of a party', { party: 'client' }, /./],
  ];
  it.each(filters)('list by an index, never by the table: %s', async (_what, filter, index) => {
    for (const afterId of [undefined, 'offer_9']) {
      const page = { ...PAGE, afterId };
      const plan = await planOfQuery(app.db, (manager) => onePageOfOffers(manager, filter, page, 1));
      expect(plan).not.toMatch(TABLE_SCAN);
      // PostgreSQL chooses among the indexes by statistics that an empty table does not have.
      if (context.engine === 'sqlite') expect(plan).toMatch(index);
    }
  });

  it('count what is on offer of a miner by an index', async () => {
    const plan = await planOfQuery(app.db, (manager) => liveOffers(manager, 'm', 'T4', 1));
    expect(plan).toMatch(/ix_gpu_offers_/);
    expect(plan).not.toMatch(TABLE_SCAN);
  });
});
