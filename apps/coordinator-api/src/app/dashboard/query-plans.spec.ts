import { describeOnEngines, planOf, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';
import { BY_STATE, lastDayStatement } from './ecosystem.store';

describeOnEngines('plans of the figures', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));

  it('count the jobs of each state over partial indexes', async () => {
    const plan = await planOf(app.db, BY_STATE);
    expect(plan).toMatch(/ix_jobs_ended|ix_jobs_finished/);
    expect(plan).not.toMatch(TABLE_SCAN);
  });

  it('read no more than the last day', async () => {
    const plan = await planOf(app.db, lastDayStatement('1000'));
    expect(plan).toMatch(/ix_jobs_finished/);
    expect(plan).toMatch(/ix_jobs_requested/);
    expect(plan).not.toMatch(TABLE_SCAN);
  });
});
