import { COMMAND_JOB, commandMiner } from './testing/command-miner';
import { fullTests } from '@aitbc/shared-core/testing';
import { inParallel } from './testing/executions';
import { type LaunchedCoordinator, TestBed } from './testing/test-bed';

const JOBS = fullTests ? 10_000 : 300;
const MINERS = ['first-miner', 'second-miner'];
const LANES = 12;

const bed = new TestBed();
let coordinator: LaunchedCoordinator;

beforeAll(async () => {
  coordinator = await bed.coordinator();
  for (const id of MINERS) {
    await bed.miner(coordinator, id, { MINER_CONCURRENCY: '8', ...commandMiner(bed, id, 'echo done') });
  }
}, 60_000);

afterAll(() => bed.close());

interface JobReceipt {
  readonly miner_id: string;
  readonly payload: { readonly attempt: number };
}

function submit(): Promise<{ job_id: string }> {
  return coordinator.client.post('/api/v1/jobs', { payload: COMMAND_JOB });
}

async function end(jobId: string) {
  const { client } = coordinator;
  const { state } = await client.get<{ state: string }>(`/api/v1/jobs/${jobId}/result?wait=60`);
  const { attempts } = await client.get<{ attempts: number }>(`/api/v1/jobs/${jobId}`);
  const { items } = await client.get<{ items: JobReceipt[] }>(`/api/v1/jobs/${jobId}/receipts`);
  return { state, attempts, receipts: items };
}

it(
  `completes each of ${JOBS} jobs exactly once, though two miners poll for them as hard as they can`,
  async () => {
    const ends = await inParallel(Array.from({ length: JOBS }), LANES, async () => end((await submit()).job_id));
    expect(ends.filter(({ state, attempts }) => state !== 'COMPLETED' || attempts !== 1)).toEqual([]);
    expect(ends.filter(({ receipts }) => receipts.length !== 1 || receipts[0]?.payload.attempt !== 1)).toEqual([]);
    const workers = new Set(ends.map(({ receipts }) => receipts[0]?.miner_id));
    expect([...workers].sort()).toEqual(MINERS);

    const count = await fetch(`${coordinator.url}/api/v1/jobs?count=true&limit=1`, {
      headers: { 'x-api-key': coordinator.keys.client },
    });
    expect(count.headers.get('x-total-count')).toBe(String(JOBS));
  },
  fullTests ? 900_000 : 90_000,
);
