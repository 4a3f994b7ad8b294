import { type Database } from '@aitbc/shared-core';
import { describeOnEngines, planOf, TABLE_SCAN } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';
import { MINERS_ONLINE, oldestJob, OPEN_JOBS, queueMetrics } from './queue-metrics';

const NOW = 1_800_000_000_000;
const ONLINE_MS = 30_000;

describeOnEngines('the metrics of the queues', (context) => {
  let app: CoordinatorApp;
  let db: Database;
  beforeAll(async () => {
    app = await openCoordinatorApp(context);
    ({ db } = app);
  });

  /** Counted anew. */
  async function valuesOf(name: string): Promise<number[]> {
    const source = queueMetrics(db, ONLINE_MS).find((each) => each.name === name);
    return ((await source?.collect()) ?? []).map(({ value }) => value);
  }

  it('are 0 jobs in each open state on an empty platform', async () => {
    const [jobs] = queueMetrics(db, ONLINE_MS);
    expect(await jobs?.collect()).toEqual([
      { labels: { state: 'QUEUED' }, value: 0 },
      { labels: { state: 'RUNNING' }, value: 0 },
    ]);
    expect(await valuesOf('aitbc_job_queue_age_seconds')).toEqual([0]);
    expect(await valuesOf('aitbc_miners_online')).toEqual([0]);
  });

  it('tell how long the oldest job has waited, until a miner has it', async () => {
    const ids = [await app.submit(), await app.submit()];
    await db.writeSet((sql) =>
      sql.query('UPDATE jobs SET requested_at = requested_at - 90000 WHERE id = $1', [ids[0] ?? '']),
    );
    expect(await valuesOf('aitbc_jobs')).toEqual([2, 0]);
    const [age = 0] = await valuesOf('aitbc_job_queue_age_seconds');
    expect(age).toBeGreaterThanOrEqual(90);
    expect(age).toBeLessThan(180);
    const session = await app.register('operator', 'm-1');
    await app.poll('operator', session).expect(200);
    const [younger = 90] = await valuesOf('aitbc_job_queue_age_seconds');
    expect(younger).toBeLessThan(90);
  });

  it('count miners until they have been silent for too long, or are removed', async () => {
    await app.register('operator', 'm-2');
    expect(await valuesOf('aitbc_miners_online')).toEqual([2]);
    await db.writeSet((sql) =>
      sql.query('UPDATE miners SET last_heartbeat_at = last_heartbeat_at - $1 WHERE id = $2', [ONLINE_MS, 'm-1']),
    );
    expect(await valuesOf('aitbc_miners_online')).toEqual([1]);
    await app.call('operator', 'delete', '/miners/m-2').expect(204);
    expect(await valuesOf('aitbc_miners_online')).toEqual([0]);
  });

  it('are counted once in 5 s, however many ask', async () => {
    let now = NOW;
    const readSql = jest.spyOn(db, 'readSql');
    const [jobs] = queueMetrics(db, ONLINE_MS, () => now);
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
    expect(await planOf(db, oldestJob(db), [])).toMatch(/ix_jobs_claim/);
    expect(await planOf(db, MINERS_ONLINE, [NOW])).not.toMatch(TABLE_SCAN);
  });
});
