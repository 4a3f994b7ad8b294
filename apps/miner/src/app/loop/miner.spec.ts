import { canonicalJson, parseEd25519PublicKey, sha256Hex, verifyJws } from '@aitbc/shared-core';
import { MinerRefused } from '../coordinator/miner-session';
import { BadJobRequest } from '../executors/executor';
import { type HarnessOptions, type MinerHarness, startMiner } from '../testing/miner-harness';
import { TestCoordinator } from '../testing/test-coordinator';
import { waitFor } from '../testing/wait-for';
import { RESULT_CLAIM_TYPE } from './result-reporter';

/** An interval at which nothing would come to pass within the time of a test. */
const SELDOM_MS = 60_000;

describe('Miner', () => {
  let coordinator: TestCoordinator;
  let harness: MinerHarness | undefined;

  beforeEach(async () => {
    coordinator = await new TestCoordinator().start();
  });

  afterEach(async () => {
    await harness?.dispose();
    harness = undefined;
    await coordinator.stop();
  });

  async function start(options: HarnessOptions = {}): Promise<MinerHarness> {
    harness = await startMiner(coordinator, options);
    return harness;
  }

  function submit(...names: string[]): void {
    for (const name of names) coordinator.submit(name, 'gated', { name });
  }

  async function running(...names: string[]): Promise<void> {
    await waitFor(`${names.join(', ')} running`, () => names.every((name) => harness?.executor.running.has(name)));
  }

  it('registers with what it has and tells of its machine in heartbeats', async () => {
    await start({ concurrency: 3 });
    await waitFor('a heartbeat', () => coordinator.heartbeats.length > 0);
    expect(coordinator.registrations).toMatchObject([
      { miner_id: 'miner-1', capabilities: { services: ['gated'], models: ['gate-1'], gpus: [] }, concurrency: 3 },
    ]);
    expect(coordinator.heartbeats[0]).toMatchObject({
      inflight: [],
      status: 'available',
      metadata: { cpus: expect.any(Number), memory_mb: expect.any(Number) },
    });
  });

  it('gives a result whose signature its registered public key verifies', async () => {
    const { executor } = await start();
    submit('a');
    executor.open('a', { z: 1, a: 'é' });
    const { result, signature, metrics } = await coordinator.result('a');
    expect(result).toEqual({ z: 1, a: 'é' });
    expect(metrics?.duration_ms).toBeGreaterThanOrEqual(0);
    const publicKey = parseEd25519PublicKey(coordinator.registrations[0]?.public_key);
    const { payload } = verifyJws(signature, () => publicKey, RESULT_CLAIM_TYPE);
    const claim = {
      job_id: 'a',
      attempt: 1,
      miner_id: 'miner-1',
      result_hash: sha256Hex(canonicalJson({ a: 'é', z: 1 })),
    };
    expect(payload).toBe(canonicalJson(claim));
  });

  it('passes text on while the job runs, all of it before the result', async () => {
    const { executor } = await start();
    submit('a');
    await running('a');
    executor.say('a', 'Once');
    await waitFor('the first piece', () => coordinator.texts.get('a 1')?.join() === 'Once');
    executor.say('a', ' upon');
    executor.say('a', ' a time');
    executor.open('a');
    await coordinator.result('a');
    expect(coordinator.texts.get('a 1')).toEqual(['Once', ' upon', ' a time']);
  });

  it('drops a job as soon as the coordinator refuses its text, and reports nothing', async () => {
    const { executor } = await start();
    submit('a', 'b');
    await running('a', 'b');
    // Heartbeats do not come through, so that only the text can tell.
    coordinator.refusals.set('/heartbeat', 503);
    coordinator.cancel('a');
    executor.say('a', 'Once');
    await waitFor('a dropped', () => executor.aborted.get('a') === 'dropped');
    executor.open('b');
    await coordinator.result('b');
    expect(coordinator.failures).toEqual([]);
  });

  it('goes on with a job at a coordinator that knows no streams', async () => {
    coordinator.refusals.set('/chunks', 404);
    const { executor } = await start();
    submit('a');
    await running('a');
    executor.say('a', 'Once');
    await waitFor('a refusal', () => coordinator.refused.length > 0);
    executor.open('a');
    expect((await coordinator.result('a')).result).toEqual({ opened: 'a' });
  });

  it('runs as many jobs at once as it has slots, and not one more', async () => {
    const { executor } = await start({ concurrency: 2 });
    submit('a', 'b', 'c', 'd');
    await running('a', 'b');
    await waitFor('a busy heartbeat', () => coordinator.heartbeats.at(-1)?.status === 'busy');
    for (const name of ['a', 'b', 'c', 'd']) executor.open(name);
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => coordinator.result(name)));
    expect(executor.mostAtOnce).toBe(2);
  });

  it('keeps the lease of a job that runs for several lease times', async () => {
    coordinator.leaseMs = 1_200;
    const { executor } = await start({ heartbeatMs: SELDOM_MS });
    submit('a');
    await running('a');
    const renewals = () => coordinator.heartbeats.filter(({ inflight }) => inflight.includes('a')).length;
    await waitFor('the heartbeats of three lease times', () => renewals() > 9);
    executor.open('a');
    await coordinator.result('a');
    expect(executor.aborted.has('a')).toBe(false);
  });

  it('beats three times in a lease time even without a job, so that it never counts as offline', async () => {
    coordinator.leaseMs = 90;
    await start({ heartbeatMs: SELDOM_MS });
    // At its own interval it would take ten minutes.
    await waitFor('ten heartbeats', () => coordinator.heartbeats.length > 9);
  });

  it('aborts a job that the coordinator cancelled and reports nothing', async () => {
    const { executor, workFolders } = await start();
    submit('a', 'b');
    await running('a', 'b');
    coordinator.cancel('a');
    await waitFor('the abort', () => executor.aborted.get('a') === 'dropped');
    executor.open('b');
    await coordinator.result('b');
    expect([coordinator.failures, [...coordinator.results.keys()]]).toEqual([[], ['b']]);
    await waitFor('the folders are gone', async () => (await workFolders()).length === 0);
  });

  it('drops a result that comes after the lease was lost, and goes on', async () => {
    const { executor } = await start();
    coordinator.refusals.set('/heartbeat', 503);
    submit('a');
    await running('a');
    coordinator.cancel('a');
    executor.open('a');
    submit('b');
    executor.open('b');
    await coordinator.result('b');
    expect(coordinator.results.has('a')).toBe(false);
  });

  it('aborts a job when no heartbeat has come through for two lease times', async () => {
    coordinator.leaseMs = 1_000;
    const { executor } = await start();
    submit('a');
    await running('a');
    coordinator.refusals.set('/heartbeat', 503);
    await waitFor('the abort', () => executor.aborted.get('a') === 'lease_lost');
  });

  it('brings a result through when the coordinator is down for a while', async () => {
    const { executor } = await start();
    submit('a');
    await running('a');
    const { port } = coordinator;
    await coordinator.stop();
    executor.open('a');
    await waitFor('the job has run', () => !executor.running.has('a'));
    await coordinator.start(port);
    expect((await coordinator.result('a')).result).toEqual({ opened: 'a' });
  });

  it('waits for a coordinator that is not there yet', async () => {
    const { port } = coordinator;
    await coordinator.stop();
    const { executor } = await start();
    submit('a');
    executor.open('a');
    await coordinator.start(port);
    await coordinator.result('a');
  });

  it('registers again when the coordinator does not know the session, without losing its job', async () => {
    const { executor } = await start();
    submit('a');
    await running('a');
    coordinator.forgetSession();
    await waitFor('a second registration', () => coordinator.registrations.length === 2);
    executor.open('a');
    await coordinator.result('a');
  });

  it.each([
    ['a bad request', new BadJobRequest('no such codec'), false],
    ['any other error', new Error('out of memory'), true],
  ])('reports %s as a failure that says whether another try makes sense', async (_, error, retryable) => {
    const { executor } = await start();
    submit('a');
    executor.break('a', error);
    expect((await coordinator.failure('a')).failure).toEqual({ error: error.message, retryable, attempt: 1 });
  });

  it('refuses a kind of job that it does not run', async () => {
    await start();
    coordinator.submit('a', 'painting');
    expect((await coordinator.failure('a')).failure).toMatchObject({ retryable: false });
  });

  it('reports a result that has no canonical JSON as a failure', async () => {
    const { executor } = await start();
    submit('a');
    executor.open('a', { text: 'half a pair: \ud83d' });
    expect((await coordinator.failure('a')).failure.error).toContain('lone surrogate');
  });

  it('reports a failure when the coordinator finds the result too large', async () => {
    coordinator.refusals.set('/result', 413);
    const { executor } = await start();
    submit('a');
    executor.open('a');
    expect((await coordinator.failure('a')).failure).toMatchObject({
      error: expect.stringContaining('413'),
      retryable: false,
    });
  });

  it.each([401, 403])('ends with a clear error when registering is answered %i', async (status) => {
    coordinator.refusals.set('/register', status);
    const { ended } = await start();
    await expect(ended).rejects.toThrow(MinerRefused);
    await expect(ended).rejects.toThrow('check MINER_KEY');
  });

  it('ends when its key is revoked while it works', async () => {
    const { ended } = await start();
    await waitFor('the registration', () => coordinator.registrations.length === 1);
    coordinator.refusals.set('/register', 401);
    coordinator.forgetSession();
    await expect(ended).rejects.toThrow(MinerRefused);
  });

  describe('when it is stopped', () => {
    it('lets running jobs finish, keeps their leases, takes no new ones and says goodbye', async () => {
      coordinator.leaseMs = 1_200;
      const { executor, miner, ended } = await start({ concurrency: 2, heartbeatMs: SELDOM_MS });
      submit('a');
      await running('a');
      miner.stop();
      submit('late');
      const beats = coordinator.heartbeats.length;
      await waitFor('heartbeats that go on', () => coordinator.heartbeats.length > beats + 4);
      expect(coordinator.heartbeats.at(-1)).toMatchObject({ status: 'draining', inflight: ['a'] });
      executor.open('a');
      await ended;
      expect([...coordinator.results.keys()]).toEqual(['a']);
      expect(coordinator.heartbeats.at(-1)).toMatchObject({ status: 'offline', inflight: [] });
      expect(executor.mostAtOnce).toBe(1);
      // The poll that was open at the stop may have been answered, to nobody.
      await waitFor('the end of a lease that nobody keeps', () => !coordinator.isLeased('late'));
    });

    it('hands jobs back that do not finish in time, so that they are queued again at once', async () => {
      const { executor, miner, ended } = await start({ drainMs: 50 });
      submit('a');
      await running('a');
      miner.stop();
      await ended;
      expect(executor.aborted.get('a')).toBe('stopping');
      expect(coordinator.failures).toEqual([
        { jobId: 'a', attempt: 1, failure: { error: 'the miner is stopping', retryable: true, attempt: 1 } },
      ]);
    });

    it('ends at once when it is idle, though a long poll is open', async () => {
      const { miner, ended } = await start();
      await waitFor('a heartbeat', () => coordinator.heartbeats.length > 0);
      const startedAt = Date.now();
      miner.stop();
      await ended;
      // The poll would have been open for a minute.
      expect(Date.now() - startedAt).toBeLessThan(20_000);
    });

    it('ends though it is just registering again with a coordinator that does not answer well', async () => {
      const { miner, ended } = await start();
      await waitFor('the registration', () => coordinator.registrations.length === 1);
      coordinator.refusals.set('/register', 503);
      coordinator.forgetSession();
      await waitFor('a try to register', () => coordinator.refused.includes('/register'));
      miner.stop();
      await ended;
    });

    it('ends though the coordinator is gone', async () => {
      const { miner, ended } = await start({ drainMs: 50 });
      submit('a');
      await running('a');
      await coordinator.stop();
      miner.stop();
      await ended;
    });
  });
});
