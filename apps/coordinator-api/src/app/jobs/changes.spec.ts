import { describeOnEngines } from '@aitbc/shared-core/testing';
import { type JobBench, noPatience, openJobBench } from './testing/job-bench';

const JOBS = 120;

/** Reads the feed as a watcher does until it has seen `count` jobs. */
async function watch(bench: JobBench, submittedBy: string, after: string, count: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor = after;
  const patience = { seconds: 20, signal: AbortSignal.timeout(20_000) };
  while (seen.length < count && !patience.signal.aborted) {
    const changes = await bench.jobs.changes(submittedBy, cursor, patience);
    seen.push(...changes.jobs.map(({ id }) => id));
    cursor = changes.cursor;
  }
  return seen;
}

describeOnEngines('feed of finished jobs', (context) => {
  let bench: JobBench;
  let other: JobBench;
  beforeAll(async () => {
    bench = await openJobBench(context);
    other = await openJobBench(context, bench.url);
  });

  it('loses and repeats nothing while jobs end concurrently in two processes', async () => {
    const { cursor } = await bench.jobs.changes('service', undefined, noPatience());
    const ids: string[] = [];
    for (let n = 0; n < JOBS; n += 1) ids.push((await bench.queue({ submittedBy: 'service' })).id);
    const watching = watch(bench, 'service', cursor, JOBS);
    await Promise.all(ids.map((id, n) => (n % 2 ? bench : other).store.cancel(id)));
    const seen = await watching;
    expect(seen).toHaveLength(JOBS);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('numbers finished jobs without gaps', async () => {
    const rows = await bench.sql<{ finished_seq: number }>(
      'SELECT finished_seq FROM jobs WHERE finished_seq IS NOT NULL ORDER BY finished_seq',
    );
    expect(rows.map(({ finished_seq: seq }) => Number(seq))).toEqual(rows.map((_row, index) => index + 1));
    expect(await bench.store.feedPosition()).toBe(rows.length);
  });

  it('numbers jobs that end in one statement one by one', async () => {
    const before = await bench.store.feedPosition();
    for (let n = 0; n < 3; n += 1) await bench.queue({ submittedBy: 'batch' });
    await bench.sql(`UPDATE jobs SET expires_at = 1 WHERE state = 'QUEUED'`);
    await bench.leases.sweep();
    const { jobs, cursor } = await bench.jobs.changes('batch', String(before), noPatience());
    expect(jobs.map(({ finished_seq: seq }) => Number(seq))).toEqual([before + 1, before + 2, before + 3]);
    expect(cursor).toBe(String(before + 3));
  });

  it('shows each submitter its own jobs only, and keeps the cursor when there is nothing', async () => {
    const { cursor } = await bench.jobs.changes('service', undefined, noPatience());
    const { id } = await bench.queue({ submittedBy: 'somebody' });
    await bench.store.cancel(id);
    expect(await bench.jobs.changes('service', cursor, noPatience())).toEqual({ jobs: [], cursor });
  });

  it('wakes a watcher of this process at once, and one of another within a second or so', async () => {
    const { cursor } = await bench.jobs.changes('service', undefined, noPatience());
    const here = watch(bench, 'service', cursor, 1);
    const there = watch(other, 'service', cursor, 1);
    const { id } = await bench.queue({ submittedBy: 'service' });
    const began = performance.now();
    await bench.store.cancel(id);
    expect(await here).toEqual([id]);
    expect(await there).toEqual([id]);
    // Neither has waited for the end of its patience, which is 20 s.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('stops waiting when the caller goes away', async () => {
    const { cursor } = await bench.jobs.changes('service', undefined, noPatience());
    const leaving = new AbortController();
    const waiting = bench.jobs.changes('service', cursor, { seconds: 60, signal: leaving.signal });
    leaving.abort();
    expect((await waiting).jobs).toEqual([]);
  });
});
