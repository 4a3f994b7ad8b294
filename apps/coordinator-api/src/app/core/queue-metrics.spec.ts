import { coordinatorEntities, coordinatorMigrations } from '@aitbc/coordinator-domain';
import { type Database, platformEntities, platformMigrations } from '@aitbc/shared-core';
import { describeOnEngines, planOf } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { OPEN_JOBS, queueMetrics } from './queue-metrics';

const NOW = 1_800_000_000_000;

describeOnEngines('the metrics of the queues', (context) => {
  let db: Database;
  beforeAll(async () => {
    db = await context.openDatabase({
      entities: [...platformEntities, ...agentContextEntities, ...coordinatorEntities],
      migrations: [...platformMigrations, ...agentContextMigrations, ...coordinatorMigrations],
    });
  });

  it('are 0 jobs in each open state on an empty platform', async () => {
    const [jobs] = queueMetrics(db);
    expect(await jobs?.collect()).toEqual([
      { labels: { state: 'QUEUED' }, value: 0 },
      { labels: { state: 'RUNNING' }, value: 0 },
    ]);
  });

  it('are counted once in 5 s, however many ask', async () => {
    let now = NOW;
    const readSql = jest.spyOn(db, 'readSql');
    const [jobs] = queueMetrics(db, () => now);
    await Promise.all([jobs?.collect(), jobs?.collect()]);
    now += 4_999;
    await jobs?.collect();
    expect(readSql).toHaveBeenCalledTimes(1);
    now += 1;
    await jobs?.collect();
    expect(readSql).toHaveBeenCalledTimes(2);
    readSql.mockRestore();
  });

  it('follow the queue: they read its partial indexes, and no table', async () => {
    expect(await planOf(db, OPEN_JOBS, [])).toMatch(/ix_jobs_(claim|expiry)[^]*ix_jobs_(running|lease)/);
  });
});
