import { Router } from 'express';
import request from 'supertest';
import { createTestApp } from '../testing/http-test-app';
import { memoryLogger } from '../testing/memory-logger';
import { databaseMetrics } from './database-metrics';
import { Distribution } from './distribution';
import { Metrics } from './metrics';
import { cached } from './metrics-source';
import { Tally } from './tally';

const STATS = {
  unitsCommitted: 7,
  unitsRolledBack: 6,
  unitsTimedOut: 5,
  batches: 4,
  lastBatchSize: 3,
  unitsWaiting: 2,
  writerWaitMs: 1_500,
  retries: 1,
};

function metricsApp(sources: ConstructorParameters<typeof Metrics>[0] = []) {
  const { logger, lines } = memoryLogger();
  const metrics = new Metrics(sources, logger);
  const { app } = createTestApp(
    (routes) => {
      routes.get('/things/:id', (req, res) => void res.json(req.params.id));
      routes.use(
        '/api',
        Router().get(['/jobs/:id', '/jobs/:id/status'], (req, res) => void res.json(req.params.id)),
      );
    },
    { metrics },
  );
  const read = async () => (await request(app).get('/metrics').expect(200)).text;
  return { app, lines, read };
}

describe('GET /metrics', () => {
  it('answers the metrics of the process in the text format', async () => {
    const { app } = metricsApp();
    const { headers, text } = await request(app).get('/metrics').expect(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('counts requests by method, pattern and status, not by id, and leaves probes out', async () => {
    const { app, read } = metricsApp();
    await request(app).get('/things/1');
    await request(app).get('/things/2');
    await request(app).get('/nowhere/3');
    await request(app).get('/health');
    const text = await read();
    expect(text).toContain('seconds_count{method="GET",route="/things/:id",status="200"} 2');
    expect(text).toContain('seconds_count{method="GET",route="unmatched",status="404"} 1');
    expect(text).not.toMatch(/nowhere|health/);
  });

  it('counts a route of several patterns by the one that was asked for', async () => {
    const { app, read } = metricsApp();
    for (const path of ['/api/jobs/1', '/api/jobs/2/status', '/api/jobs/3/status?wait=1']) await request(app).get(path);
    const text = await read();
    expect(text).toContain('seconds_count{method="GET",route="/api/jobs/:id",status="200"} 1');
    expect(text).toContain('seconds_count{method="GET",route="/api/jobs/:id/status",status="200"} 2');
  });

  it('shows the counters of the database', async () => {
    const text = await metricsApp(databaseMetrics({ stats: () => STATS })).read();
    for (const line of [
      'units_committed_total 7',
      'units_rolled_back_total 6',
      'units_timed_out_total 5',
      'batches_total 4',
      'last_batch_size 3',
      'units_waiting 2',
      'writer_wait_seconds_total 1.5',
      'retries_total 1',
    ]) {
      expect(text).toContain(`\naitbc_db_${line}\n`);
    }
  });

  it('reads each source anew, whoever else reads at the same time', async () => {
    let value = 3;
    const collect = () => [{ labels: { state: 'QUEUED' }, value }];
    const { read } = metricsApp([{ name: 'jobs', help: 'Jobs.', kind: 'gauge', labels: ['state'], collect }]);
    for (const text of await Promise.all([read(), read(), read()]))
      expect(text).toContain('\njobs{state="QUEUED"} 3\n');
    value = 1;
    expect(await read()).toContain('\njobs{state="QUEUED"} 1\n');
  });

  it('shows how values are spread, and counts by labels', async () => {
    const waits = new Distribution({ name: 'waits_seconds', help: 'Waits.', labels: ['kind'], buckets: [1, 5] });
    const ends = new Tally('ends_total', 'Ends.', ['status', 'kind']);
    const { read } = metricsApp([waits, ends]);
    expect(await read()).not.toMatch(/^(waits|ends)/m);
    for (const value of [0.5, 3, 3]) waits.observe(value, { kind: 'job' });
    ends.add({ status: 'failed', kind: 'a' });
    ends.add({ kind: 'a', status: 'failed' }, 2);
    ends.add({ status: 'completed', kind: 'a' });
    const text = await read();
    for (const line of [
      'waits_seconds_bucket{le="1",kind="job"} 1',
      'waits_seconds_bucket{le="5",kind="job"} 3',
      'waits_seconds_sum{kind="job"} 6.5',
      'ends_total{status="failed",kind="a"} 3',
      'ends_total{status="completed",kind="a"} 1',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
    expect(await read()).toContain('ends_total{status="failed",kind="a"} 3');
  });

  it('counts what is known beforehand from 0, so that the first one is an increase', async () => {
    const ends = new Tally('ends_total', 'Ends.', ['status'], [{ status: 'failed' }]);
    const { read } = metricsApp([ends, new Tally('starts_total', 'Starts.', [])]);
    expect(await read()).toContain('\nends_total{status="failed"} 0\n');
    expect(await read()).toContain('\nstarts_total 0\n');
    ends.add({ status: 'failed' });
    expect(await read()).toContain('\nends_total{status="failed"} 1\n');
  });

  it('leaves out what cannot be read, and logs why', async () => {
    const collect = () => Promise.reject(new Error('no database'));
    const { read, lines } = metricsApp([
      { name: 'jobs_due', help: 'Jobs.', kind: 'gauge', collect },
      { name: 'jobs_held', help: 'Jobs.', kind: 'gauge', labels: ['miner'], collect },
    ]);
    const text = await read();
    expect(text).not.toMatch(/^jobs_(due|held)[ {]/m);
    expect(text).toContain('process_cpu_seconds_total');
    expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', event: 'metric_failed' }));
  });

  it('is no route of an app without metrics', async () => {
    await request(createTestApp(() => undefined).app)
      .get('/metrics')
      .expect(404);
  });
});

describe('a cached reading', () => {
  it('is taken once in its time, and again after a failure', async () => {
    let now = 0;
    const collect = jest.fn<Promise<number>, []>().mockRejectedValueOnce(new Error('no')).mockResolvedValue(1);
    const read = cached(collect, 5_000, () => now);
    await expect(read()).rejects.toThrow('no');
    expect(await Promise.all([read(), read()])).toEqual([1, 1]);
    now = 4_999;
    await read();
    expect(collect).toHaveBeenCalledTimes(2);
    now = 5_000;
    await read();
    expect(collect).toHaveBeenCalledTimes(3);
  });
});
