import { describeOnEngines, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { JobSweeper } from './job-sweeper';
import { type JobBench, openJobBench } from './testing/job-bench';

describeOnEngines('job sweeper', (context) => {
  let bench: JobBench;
  beforeAll(async () => (bench = await openJobBench(context)));

  it('brings back the jobs of a miner that is gone, until it is stopped', async () => {
    const { logger, lines } = memoryLogger();
    const sweeper = new JobSweeper(bench.leases, bench.chunks, logger);
    const miner = await bench.addMiner();
    const { id } = await bench.queue();
    await bench.claim(miner);
    await bench.expireLeases();
    sweeper.start();
    await waitFor(async () => (await bench.store.find(id))?.state === 'QUEUED');
    await sweeper.stop();
    expect(lines).toContainEqual(expect.objectContaining({ event: 'job_sweep', jobs: 1 }));
  });

  it('goes on after a failure', async () => {
    const { logger, lines } = memoryLogger();
    let rounds = 0;
    const failing = { sweep: () => ((rounds += 1), Promise.reject(new Error('disk full'))) };
    const sweeper = new JobSweeper(failing, bench.chunks, logger);
    sweeper.start();
    await waitFor(() => rounds >= 2);
    await sweeper.stop();
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', event: 'job_sweep_failed' }));
  });
});
