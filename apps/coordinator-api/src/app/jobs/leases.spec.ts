import type { Miner } from '@aitbc/coordinator-domain';
import { newId } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { type JobBench, openJobBench } from './testing/job-bench';

const completion = (miner: Miner, jobId: string, attempt: number) => ({
  done: { jobId, minerId: miner.id, attempt, result: '{"ok":true}', metrics: null, completedAt: Date.now() },
  receipt: {
    id: newId('rcpt'),
    jobId,
    clientId: 'client',
    minerId: miner.id,
    cost: 1,
    jws: 'a.b.c',
    minerKey: miner.publicKey,
    issuedAt: Date.now(),
  },
});

describeOnEngines('leases', (context) => {
  let bench: JobBench;
  let first: Miner;
  let second: Miner;
  beforeAll(async () => (bench = await openJobBench(context)));
  beforeEach(async () => {
    await bench.sql('DELETE FROM jobs');
    first = await bench.addMiner();
    second = await bench.addMiner();
  });

  const complete = (miner: Miner, jobId: string, attempt: number) => {
    const { done, receipt } = completion(miner, jobId, attempt);
    return bench.leases.complete(done, receipt);
  };

  it('that run out give the job to another miner, as the next attempt', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.expireLeases();
    expect(await bench.leases.sweep()).toBe(1);
    expect(await bench.store.find(id)).toMatchObject({
      state: 'QUEUED',
      assignedMinerId: null,
      price: null,
      error: null,
    });
    expect(await bench.claim(second)).toMatchObject({ job_id: id, attempt: 2 });
  });

  it('that are renewed are left alone by the sweep', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.expireLeases();
    expect(await bench.leases.renew(first.id, [id])).toEqual([]);
    expect(await bench.leases.sweep()).toBe(0);
    expect(await bench.store.find(id)).toMatchObject({ state: 'RUNNING', assignedMinerId: first.id });
  });

  it('of jobs that the miner does not name run out', async () => {
    const named = await bench.queue();
    const forgotten = await bench.queue();
    await bench.claim(first);
    await bench.claim(first);
    await bench.expireLeases();
    await bench.leases.renew(first.id, [named.id]);
    await bench.leases.sweep();
    expect(await bench.store.find(named.id)).toMatchObject({ state: 'RUNNING' });
    expect(await bench.store.find(forgotten.id)).toMatchObject({ state: 'QUEUED' });
  });

  it('are all renewed when the miner tells only a number', async () => {
    await bench.queue();
    await bench.claim(first);
    await bench.expireLeases();
    await bench.leases.renew(first.id, undefined);
    expect(await bench.leases.sweep()).toBe(0);
  });

  it('lost for the third time fail the job, with a place in the feed', async () => {
    const { id } = await bench.queue();
    for (const miner of [first, second, first]) {
      await bench.claim(miner);
      await bench.expireLeases();
      await bench.leases.sweep();
    }
    const job = await bench.store.find(id);
    expect(job).toMatchObject({ state: 'FAILED', attempts: 3, error: expect.stringContaining('attempt 3 of 3') });
    expect(job?.finishedSeq).toEqual(expect.any(Number));
    expect(await bench.claim(second)).toBeUndefined();
  });

  it('refuse a late result of the miner that lost the job, and take the one of its holder', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.expireLeases();
    await bench.leases.sweep();
    expect(await complete(first, id, 1)).toBe(false);
    await bench.claim(second);
    expect(await complete(first, id, 1)).toBe(false);
    expect(await complete(second, id, 2)).toBe(true);
    expect(await bench.store.find(id)).toMatchObject({ state: 'COMPLETED', assignedMinerId: second.id, attempts: 2 });
  });

  it('refuse the result of an earlier attempt of the same miner', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.expireLeases();
    await bench.leases.sweep();
    await bench.claim(first);
    expect(await complete(first, id, 1)).toBe(false);
    expect(await complete(first, id, 2)).toBe(true);
  });

  it('leave no receipt behind when the result came too late', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.store.cancel(id);
    expect(await complete(first, id, 1)).toBe(false);
    expect(await bench.sql('SELECT id FROM job_receipts WHERE job_id = $1', [id])).toEqual([]);
  });

  it('end with a retryable failure in the queue, with a fresh time to live', async () => {
    const { id } = await bench.queue({ ttlSeconds: 100 });
    await bench.claim(first);
    await bench.sql('UPDATE jobs SET expires_at = 1');
    const lost = await bench.leases.fail({ jobId: id, minerId: first.id, attempt: 1 }, { error: 'out of memory' });
    expect(lost?.state).toBe('QUEUED');
    expect((await bench.store.find(id))?.expiresAt).toBeGreaterThan(Date.now() + 50_000);
    expect(await bench.claim(second)).toMatchObject({ attempt: 2 });
  });

  it('end with a failure for good at once when the request itself is bad', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    const failure = { error: 'no such language', retryable: false };
    await bench.leases.fail({ jobId: id, minerId: first.id, attempt: 1 }, failure);
    expect(await bench.store.find(id)).toMatchObject({ state: 'FAILED', error: 'no such language (attempt 1 of 3)' });
  });

  it('tell the miner to stop what was canceled, and what another miner has', async () => {
    const canceled = await bench.queue();
    const lost = await bench.queue();
    await bench.claim(first);
    await bench.claim(first);
    await bench.expireLeases();
    await bench.leases.sweep();
    await bench.claim(second);
    await bench.claim(second);
    await bench.store.cancel(canceled.id);
    expect(await bench.leases.renew(first.id, [canceled.id, lost.id])).toEqual([canceled.id, lost.id]);
    expect(await bench.leases.renew(second.id, [canceled.id, lost.id])).toEqual([canceled.id]);
    expect(await bench.leases.renew(second.id, undefined)).toEqual([canceled.id]);
  });

  it('of a removed miner end, and its jobs are queued again', async () => {
    const { id } = await bench.queue();
    await bench.claim(first);
    await bench.leases.loseAll(first.id);
    expect(await bench.claim(second)).toMatchObject({ job_id: id, attempt: 2 });
  });

  it('that nobody heard of are handed back without counting the attempt', async () => {
    const { id } = await bench.queue();
    const gone = new AbortController();
    gone.abort();
    const patience = { seconds: 5, signal: gone.signal };
    expect(await bench.leases.claim(first.id, null, patience)).toBeUndefined();
    expect(await bench.store.find(id)).toMatchObject({ state: 'QUEUED', attempts: 0, assignedMinerId: null });
  });

  it('are not given for jobs that nobody took in time: those expire', async () => {
    const { id } = await bench.queue();
    await bench.sql('UPDATE jobs SET expires_at = 1');
    expect(await bench.leases.sweep()).toBe(1);
    expect(await bench.store.find(id)).toMatchObject({ state: 'EXPIRED', finishedSeq: expect.any(Number) });
  });
});
