import { newId } from '@aitbc/shared-core';
import { Job } from '@aitbc/coordinator-domain';
import { describeOnEngines, fullTests } from '@aitbc/shared-core/testing';
import { newJob } from './new-job';
import { aRequest, type JobBench, openJobBench } from './testing/job-bench';

const JOBS = fullTests ? 10_000 : 1_000;
const CHUNK = 100;

async function queueMany(bench: JobBench, count: number): Promise<void> {
  for (let done = 0; done < count; done += CHUNK) {
    const rows = Array.from({ length: CHUNK }, () => ({ ...newJob(aRequest(), Date.now()) }));
    await bench.db.write((manager) => manager.insert(Job, rows));
  }
}

/** Claims until nothing is left. */
async function drain(bench: JobBench, minerIds: readonly string[]): Promise<string[]> {
  const taken: string[] = [];
  await Promise.all(
    minerIds.map(async (id) => {
      const miner = await bench.addMiner({ id, concurrency: JOBS });
      for (let job = await bench.claim(miner); job; job = await bench.claim(miner)) taken.push(job.job_id);
    }),
  );
  return taken;
}

describeOnEngines('claims', (context) => {
  it(
    `give each of ${JOBS} jobs to one miner, though miners of two processes ask at once`,
    async () => {
      const one = await openJobBench(context);
      const other = await openJobBench(context, one.url);
      await queueMany(one, JOBS);
      const miners = () => [newId('miner'), newId('miner'), newId('miner')];
      const taken = (await Promise.all([drain(one, miners()), drain(other, miners())])).flat();
      expect(taken).toHaveLength(JOBS);
      expect(new Set(taken).size).toBe(JOBS);
      const rows = await one.sql<{ attempts: number; jobs: number }>(
        `SELECT attempts, count(*) AS jobs FROM jobs WHERE state = 'RUNNING' GROUP BY attempts`,
      );
      expect(rows).toEqual([{ attempts: 1, jobs: JOBS }]);
    },
    fullTests ? 300_000 : 60_000,
  );
});
