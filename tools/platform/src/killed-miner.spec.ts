import { waitFor } from '@aitbc/shared-core/testing';
import { COMMAND_WORKFLOW, commandMiner } from './testing/command-miner';
import { createWorkflow, execute, executionState, finalState, inParallel, verifiedReceipt } from './testing/executions';
import { TestBed } from './testing/test-bed';

const JOBS = 4;
/** Longer than a busy machine holds up the miner before it is killed: what it loses before would be one attempt more. */
const JOB_LEASE_SECONDS = '6';
const bed = new TestBed();

afterAll(() => bed.close());

interface JobState {
  readonly state: string;
  readonly attempts: number;
  readonly assigned_miner_id: string | null;
}

it('gives the jobs of a killed miner to another one when their leases have run out', async () => {
  const { client, coordinator } = await bed.platform({ JOB_LEASE_SECONDS });
  const stuck = commandMiner(bed, 'doomed', 'exec sleep 300');
  const doomed = await bed.miner(coordinator, 'doomed', { ...stuck, MINER_CONCURRENCY: String(JOBS) });
  const workflowId = await createWorkflow(client, COMMAND_WORKFLOW);
  const ids = await inParallel(Array.from({ length: JOBS }), JOBS, () => execute(client, workflowId));
  const jobOf = async (id: string) => {
    const jobId = (await executionState(client, id)).step_states['work']?.job_id;
    return jobId ? client.get<JobState>(`/api/v1/jobs/${jobId}`) : undefined;
  };
  const inFlight = await waitFor(async () => {
    const jobs = await inParallel(ids, JOBS, jobOf);
    return jobs.every((job) => job?.state === 'RUNNING') ? jobs : undefined;
  });
  expect(inFlight.map((job) => job?.assigned_miner_id)).toEqual(ids.map(() => 'doomed'));
  const jobIds = await inParallel(
    ids,
    JOBS,
    async (id) => (await executionState(client, id)).step_states['work']?.job_id,
  );

  const heir = await bed.miner(coordinator, 'heir', { ...commandMiner(bed, 'heir', 'echo done'), MINER_PRICE: '0.5' });
  doomed.process.signal('SIGKILL');
  expect(await doomed.process.ended).toBe('SIGKILL');

  const states = await inParallel(ids, JOBS, (id) => finalState(client, id));
  expect(states.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
  // One step attempt and two attempts of its job: the loss of a miner is the coordinator's affair.
  expect(states.map(({ step_states: { work } }) => work?.attempt)).toEqual(ids.map(() => 1));
  const jobs = await inParallel(jobIds, JOBS, (jobId) => client.get<JobState>(`/api/v1/jobs/${jobId}`));
  const expected = { state: 'COMPLETED', attempts: 2, assigned_miner_id: 'heir' };
  expect(jobs).toEqual(ids.map(() => expect.objectContaining(expected)));
  for (const id of ids) {
    const { payload, job_receipts: jobReceipts } = await verifiedReceipt(client, id);
    expect(payload).toMatchObject({ status: 'completed', verified: true, total_cost: 0.5 });
    expect(jobReceipts).toHaveLength(1);
  }
  expect(await heir.process.stop()).toBe('0');
});
