import { describeOnEngines, planOf, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';
import { volumeStatement } from './admin-stats.store';

describeOnEngines('plans of the figures for administrators', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));

  it('look for the volume at the jobs of the last day, not at all that were ever completed', async () => {
    const plan = await planOf(app.db, volumeStatement('1000'));
    expect(plan).toMatch(/ix_jobs_finished/);
    expect(plan).not.toMatch(/ix_jobs_ended/);
    expect(plan).not.toMatch(TABLE_SCAN);
  });
});
