import { repeat } from '../load/clients';
import { pacer } from '../load/pacer';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { type Platform, startPlatform } from '../service/platform';
import { execute } from './execute';
import { createWorkflow, THREE_STEPS, threeStepsResult } from './workflows';

const JOBS = '/api/v1/jobs';
const JOB = {
  payload: { service_type: 'text_analysis', service_request: { text: 'a fine day', tasks: ['language'] } },
};
/** Clients of the coordinator. */
const WRITERS = 8;
/**
 * Of what these clients bring about when they never pause and nobody else is there: more would not ask what the file
 * costs that is shared, but who of three busy processes gets one of two cores.
 */
const SHARE = 0.25;

/**
 * What executions lose when the coordinator writes to the same SQLite file meanwhile: jobs that its clients submit and
 * cancel, two commits each. Nobody may be refused because the other one writes: an answer that is no success fails it.
 */
export const twoWriters: Scenario = {
  name: 'two-writers',
  figures: [
    {
      key: 'alone',
      what: `executions of 3 steps completed, ${CONNECTIONS} clients, the coordinator idle`,
      unit: 'a second',
    },
    {
      key: 'together',
      what: '… while the coordinator writes to the same SQLite file',
      unit: 'a second',
      bar: { atLeast: 0.7, of: 'two-writers.alone' },
    },
    { key: 'jobs-alone', what: `jobs submitted and cancelled, ${WRITERS} clients, no executions`, unit: 'a second' },
    { key: 'jobs', what: `… meanwhile, by clients that want ${SHARE} × as many`, unit: 'a second' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const run = await executor(platform);
    const write = () => submitAndCancel(platform);
    const { warmUpMs, durationMs } = bench.scale;
    const rateOf = (done: number) => done / (durationMs / 1_000);
    return {
      async measure() {
        await repeat(CONNECTIONS, warmUpMs, run);
        const alone = rateOf(await repeat(CONNECTIONS, durationMs, run));
        await repeat(WRITERS, warmUpMs, write);
        const jobsAlone = rateOf(await repeat(WRITERS, durationMs, write));
        const turn = pacer(SHARE * jobsAlone);
        const [executions, jobs] = await Promise.all([
          repeat(CONNECTIONS, durationMs, run),
          repeat(WRITERS, durationMs, async () => {
            await turn();
            await write();
          }),
        ]);
        return { alone, together: rateOf(executions), 'jobs-alone': jobsAlone, jobs: rateOf(jobs) };
      },
      close: () => platform.close(),
    };
  },
};

async function executor(platform: Platform): Promise<() => Promise<number>> {
  const workflowId = await createWorkflow(platform, THREE_STEPS);
  let n = 0;
  return () => {
    n += 1;
    return execute(platform.client, { workflowId, inputs: { n }, result: threeStepsResult(n) });
  };
}

/** @throws Error when an answer is anything but good, `database_busy` first of all. */
async function submitAndCancel({ coordinator: { client } }: Platform): Promise<void> {
  const { job_id: id } = await client.post<{ job_id: string }>(JOBS, JOB);
  const { state } = await client.post<{ state: string }>(`${JOBS}/${id}/cancel`, {});
  if (state !== 'CANCELED') throw new Error(`job ${id} is ${state} after it was cancelled`);
}
