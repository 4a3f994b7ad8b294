import { describeOnEngines, type EngineContext, planOf, planOfQuery } from '@aitbc/shared-core/testing';
import { type JobFilter, pageQuery } from './job.store';
import { CHANGES_STATEMENT } from './sql/changes';
import { claimStatement, matchingJob } from './sql/claim-job';
import { dialectOf } from './sql/dialect';
import { overdueJobs } from './sql/finish-job';
import { expiredLeases } from './sql/lose-attempts';
import { type JobBench, openJobBench } from './testing/job-bench';

/** A step of a plan that reads a whole table of ours. A partial index read as a whole is the queue, not the table. */
const TABLE_SCANS = {
  sqlite: /SCAN (jobs|miners|[jmrlo])(?! USING)\b/,
  postgres: /Seq Scan on (jobs|miners)/,
};
const SORTS = { sqlite: /TEMP B-TREE/, postgres: /\bSort\b/ };

const filters: [string, Omit<JobFilter, 'scope'>][] = [
  ['all', {}],
  ['of a state', { state: 'QUEUED' }],
  ['of a final state', { state: 'COMPLETED' }],
  ['of a kind', { serviceType: 'whisper' }],
  ['of a time', { from: 1, to: 2 }],
  ['that are finished', { finishedOnly: true }],
];

describeOnEngines('plans of the job queries', (context: EngineContext) => {
  let bench: JobBench;
  beforeAll(async () => (bench = await openJobBench(context)));

  const explain = (statement: string, parameters: (string | number)[]) => planOf(bench.db, statement, parameters);

  it('find a job for a miner in the order of the queue, by its index', async () => {
    const plan = await explain(matchingJob(dialectOf(context.engine)), ['m']);
    expect(plan).toMatch(/ix_jobs_claim/);
    expect(plan).toMatch(/ix_jobs_running/);
    expect(plan).not.toMatch(TABLE_SCANS[context.engine]);
    expect(plan).not.toMatch(SORTS[context.engine]);
  });

  it('claim it without reading a whole table', async () => {
    const plan = await explain(claimStatement(dialectOf(context.engine)), ['m', 1]);
    expect(plan).not.toMatch(TABLE_SCANS[context.engine]);
  });

  it.each([
    ['overdue leases', expiredLeases, 'ix_jobs_lease'],
    ['overdue jobs', overdueJobs, 'ix_jobs_expiry'],
  ])('find %s by their index', async (_what, statement, index) => {
    const plan = await explain(statement(dialectOf(context.engine), 200), []);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(SORTS[context.engine]);
  });

  it('read the feed by its index, in its order', async () => {
    const plan = await explain(CHANGES_STATEMENT, ['s', 1]);
    expect(plan).toMatch(/ix_jobs_changes|ux_jobs_finished_seq/);
    expect(plan).not.toMatch(SORTS[context.engine]);
  });

  it.each(filters)('list the jobs of a client, of a miner and of everybody by an index: %s', async (_what, filter) => {
    const everybody = [{}, { clientId: 'c' }, { minerId: 'm' }].map((of) => ({ everybody: of }));
    for (const scope of [{ clientId: 'c' }, { submittedBy: 's' }, { minerId: 'm' }, ...everybody]) {
      const page = { limit: 50, afterId: 'job_x', offset: 0, withCount: false };
      const plan = await planOfQuery(bench.db, (manager) => pageQuery(manager, { ...filter, scope }, page));
      expect(plan).toMatch(/ix_jobs_|jobs_pkey|PK_|sqlite_autoindex_jobs/);
      expect(plan).not.toMatch(/SCAN j(?! USING)|Seq Scan/);
    }
  });
});
