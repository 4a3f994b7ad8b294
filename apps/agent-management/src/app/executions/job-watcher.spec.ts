import type { JobOutcome } from '@aitbc/contracts';
import { memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { TestJobClient } from '../testing/test-job-client';
import { JobWatcher } from './job-watcher';

describe('the watcher of finished jobs', () => {
  const started: JobWatcher[] = [];
  afterEach(() => Promise.all(started.splice(0).map((watcher) => watcher.stop())));

  const submit = async (jobs: TestJobClient, count: number) => {
    for (let index = 0; index < count; index += 1) {
      const request = { serviceType: 'x', serviceRequest: {}, clientId: 'owner', idempotencyKey: `key_${index}` };
      await jobs.submit(request);
    }
    return jobs.submissions.map(({ jobId }) => jobId).sort();
  };

  /** Watches for steps that wait for these jobs. */
  function watch(jobs: TestJobClient, waiting: readonly string[]) {
    const signalled: string[] = [];
    const { logger } = memoryLogger();
    const worker = { signal: async (_kind: string, refs: readonly string[]) => void signalled.push(...refs) };
    const awaitedJobs = async (after: string, limit: number) => waiting.filter((id) => id > after).slice(0, limit);
    const watcher = new JobWatcher(jobs, worker, { awaitedJobs }, logger);
    watcher.start();
    started.push(watcher);
    return { watcher, signalled };
  }

  it('finds at its start what ended while nobody watched, however many steps wait, and nothing else', async () => {
    const jobs = new TestJobClient();
    const ids = await submit(jobs, 450);
    const ended = ids.filter((_, index) => index % 3 === 0);
    for (const id of ended) jobs.end(id);
    const { signalled } = watch(jobs, [...ids, 'job_zz_unknown']);
    await waitFor(() => signalled.length === ended.length + 1);
    expect(signalled).toEqual([...ended, 'job_zz_unknown']);
  });

  it('misses nothing that ends while it asks about the others', async () => {
    const jobs = new TestJobClient();
    const ids = await submit(jobs, 3);
    const ask = jobs.outcome.bind(jobs);
    jest.spyOn(jobs, 'outcome').mockImplementation(async (id): Promise<JobOutcome | undefined> => {
      const answer = await ask(id);
      // Ended right after it was asked about: the answer says that it runs.
      jobs.end(id);
      return answer;
    });
    const { signalled } = watch(jobs, ids);
    await waitFor(() => new Set(signalled).size === 3);
  });

  it('follows the feed from then on', async () => {
    const jobs = new TestJobClient();
    const [first = '', second = ''] = await submit(jobs, 2);
    const { signalled } = watch(jobs, []);
    jobs.end(first);
    await waitFor(() => signalled.includes(first));
    jobs.end(second);
    await waitFor(() => signalled.includes(second));
  });

  it('waits for a coordinator that is away, and asks then', async () => {
    const jobs = new TestJobClient();
    const ids = await submit(jobs, 1);
    jobs.end(ids[0] ?? '');
    jobs.away = true;
    const asked = jest.spyOn(jobs, 'changes');
    const { watcher, signalled } = watch(jobs, ids);
    await waitFor(() => asked.mock.calls.length > 0);
    expect(watcher.hasBegun).toBe(false);
    jobs.away = false;
    await waitFor(() => signalled.length === 1);
    expect(watcher.hasBegun).toBe(true);
  });

  it('stops while the coordinator is away', async () => {
    const jobs = new TestJobClient();
    jobs.away = true;
    const asked = jest.spyOn(jobs, 'changes');
    const { watcher } = watch(jobs, ['job_1']);
    await waitFor(() => asked.mock.calls.length > 0);
    await watcher.stop();
  });
});
