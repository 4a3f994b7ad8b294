import type { Miner } from '@aitbc/coordinator-domain';
import { describeOnEngines, planOf } from '@aitbc/shared-core/testing';
import { CHUNK_END_STATEMENT, CHUNK_PAGE, CHUNKS_STATEMENT, oldStreams } from './sql/chunks';
import { dialectOf } from './sql/dialect';
import { type JobBench, noPatience, openJobBench } from './testing/job-bench';

const CLIENT = 'client';
const patient = () => ({ seconds: 20, signal: new AbortController().signal });

describeOnEngines('the text of a running job', (context) => {
  let bench: JobBench;
  let miner: Miner;
  let jobId: string;
  beforeAll(async () => {
    bench = await openJobBench(context);
    miner = await bench.addMiner();
  });
  beforeEach(async () => {
    await bench.sql('DELETE FROM jobs');
    ({ id: jobId } = await bench.queue());
    await bench.claim(miner);
  });

  const append = (first: number, texts: string[], attempt = 1, by = miner) =>
    bench.chunks.append({ jobId, minerId: by.id, attempt }, first, texts);
  const progress = (after = 0, by = CLIENT) => bench.chunks.progress(by, jobId, after, noPatience());
  const textAfter = async (after = 0) => (await progress(after))?.chunks.map(({ text }) => text);
  const finish = () => bench.sql(`UPDATE jobs SET state = 'COMPLETED', finished_at = 1 WHERE id = $1`, [jobId]);
  const nextAttempt = async () => {
    await bench.expireLeases();
    await bench.leases.sweep();
    await bench.claim(miner);
  };

  it('is read in order from any place', async () => {
    expect(await append(1, ['a', 'b'])).toBe('stored');
    expect(await append(3, ['c'])).toBe('stored');
    expect(await progress()).toEqual({
      chunks: ['a', 'b', 'c'].map((text, index) => ({ seq: index + 1, text, restarts: false })),
      ended: false,
    });
    expect(await textAfter(2)).toEqual(['c']);
    expect(await textAfter(3)).toEqual([]);
  });

  it('holds each piece once, also when a request is sent again, alone or at once with itself', async () => {
    await append(1, ['a', 'b']);
    await append(1, ['a', 'b']);
    await append(2, ['b', 'c']);
    await Promise.all([append(4, ['d', 'e']), append(4, ['d', 'e'])]);
    expect(await textAfter()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('has no gap', async () => {
    expect(await append(2, ['b'])).toBe('gap');
    await append(1, ['a']);
    expect(await append(3, ['c'])).toBe('gap');
    expect(await textAfter()).toEqual(['a']);
  });

  it('is added to only by the miner that holds the job, in the attempt that it holds', async () => {
    const other = await bench.addMiner();
    expect(await append(1, ['a'], 1, other)).toBe('not_held');
    expect(await append(1, ['a'], 2)).toBe('not_held');
    await nextAttempt();
    expect(await append(1, ['late'], 1)).toBe('not_held');
    await bench.store.cancel(jobId);
    expect(await append(1, ['late'], 2)).toBe('not_held');
    expect(await progress()).toEqual({ chunks: [], ended: true });
  });

  it('says where a later attempt begins anew, and numbers on', async () => {
    await append(1, ['a', 'b']);
    await nextAttempt();
    await append(1, ['A'], 2);
    await append(2, ['B'], 2);
    expect((await progress(1))?.chunks).toEqual([
      { seq: 2, text: 'b', restarts: false },
      { seq: 3, text: 'A', restarts: true },
      { seq: 4, text: 'B', restarts: false },
    ]);
  });

  it('ends with the job, after all pages were read', async () => {
    await append(
      1,
      Array.from({ length: CHUNK_PAGE }, () => 'x'),
    );
    await append(CHUNK_PAGE + 1, ['y']);
    await finish();
    const first = await progress();
    expect([first?.chunks.length, first?.ended]).toEqual([CHUNK_PAGE, false]);
    expect(await progress(CHUNK_PAGE)).toMatchObject({ chunks: [{ text: 'y' }], ended: true });
  });

  it('is nothing to another submitter', async () => {
    expect(await progress(0, 'other')).toBeUndefined();
  });

  it('wakes who waits for it, and so does the end of the job', async () => {
    const waiting = bench.chunks.progress(CLIENT, jobId, 0, patient());
    await append(1, ['a']);
    expect((await waiting)?.chunks).toHaveLength(1);
    const end = bench.chunks.progress(CLIENT, jobId, 1, patient());
    await bench.store.cancel(jobId);
    expect(await end).toEqual({ chunks: [], ended: true });
  });

  it('is seen through another process', async () => {
    const beside = await openJobBench(context, bench.url);
    const waiting = beside.chunks.progress(CLIENT, jobId, 0, patient());
    await append(1, ['a']);
    expect((await waiting)?.chunks).toEqual([{ seq: 1, text: 'a', restarts: false }]);
  });

  it('is deleted some time after the end of the job, and not before', async () => {
    await append(1, ['a', 'b']);
    const age = () => bench.sql('UPDATE job_chunks SET created_at = 1');
    await age();
    expect(await bench.chunks.sweep()).toBe(0);
    await finish();
    expect(await bench.chunks.sweep()).toBe(2);
    expect(await progress()).toEqual({ chunks: [], ended: true });
  });

  it('is found by indexes', async () => {
    const plans = [
      await planOf(bench.db, CHUNKS_STATEMENT, ['j', 0]),
      await planOf(bench.db, CHUNK_END_STATEMENT, ['j']),
      await planOf(bench.db, oldStreams(dialectOf(context.engine), 10), [1]),
    ];
    expect(plans[2]).toMatch(/ix_job_chunks_age/);
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan|SCAN \w+(?! USING)|TEMP B-TREE|\bSort\b/);
  });
});
