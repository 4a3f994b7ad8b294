import { repeat } from '../load/clients';
import { pacer } from '../load/pacer';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import type { JsonClient } from '../service/json-client';
import { startMonolith, startPlatform } from '../service/platform';
import { execute } from './execute';
import { createWorkflow, THREE_STEPS, threeStepsResult } from './workflows';

const JOBS = '/api/v1/jobs';
const JOB = {
  payload: { service_type: 'text_analysis', service_request: { text: 'a fine day', tasks: ['language'] } },
};
/** Clients that submit jobs and cancel them, two commits each, at this rate together. */
const SUBMITTERS = 8;
const JOBS_PER_SECOND = 50;

/**
 * What it costs that two services write to one SQLite file: executions, and jobs beside them at a fixed rate, on the one
 * process that the services were before the extraction and on both of them. Nobody may be refused because the other one
 * writes: an answer that is no success fails it.
 */
export const twoWriters: Scenario = {
  name: 'two-writers',
  figures: [
    {
      key: 'single',
      what: `executions of 3 steps, ${CONNECTIONS} clients, beside ${JOBS_PER_SECOND} jobs a second, in one process`,
      unit: 'a second',
    },
    {
      key: 'together',
      what: '… in two services that write to one SQLite file',
      unit: 'a second',
      bar: { atLeast: 0.7, of: 'two-writers.single' },
    },
    { key: 'jobs', what: '… jobs submitted and cancelled meanwhile', unit: 'a second' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const monolith = await startMonolith(bench);
    const single = await mixedLoad(bench, monolith.client, monolith.client);
    const platform = await startPlatform(bench);
    const together = await mixedLoad(bench, platform.client, platform.coordinator.client);
    return {
      async measure() {
        const before = await single();
        const { executions, jobs } = await together();
        return { single: before.executions, together: executions, jobs };
      },
      async close() {
        await platform.close();
        await monolith.close();
      },
    };
  },
};

/** Gives what runs the load once, and tells how much was done in a second. */
async function mixedLoad({ scale }: Bench, agents: JsonClient, coordinator: JsonClient) {
  const workflowId = await createWorkflow({ client: agents }, THREE_STEPS);
  let n = 0;
  const run = () => {
    n += 1;
    return execute(agents, { workflowId, inputs: { n }, result: threeStepsResult(n) });
  };
  const rateOf = (done: number) => done / (scale.durationMs / 1_000);
  return async () => {
    await repeat(CONNECTIONS, scale.warmUpMs, run);
    const turn = pacer(JOBS_PER_SECOND);
    const [executions, jobs] = await Promise.all([
      repeat(CONNECTIONS, scale.durationMs, run),
      repeat(SUBMITTERS, scale.durationMs, async () => {
        await turn();
        await submitAndCancel(coordinator);
      }),
    ]);
    return { executions: rateOf(executions), jobs: rateOf(jobs) };
  };
}

/** @throws Error when an answer is anything but good, `database_busy` first of all. */
async function submitAndCancel(client: JsonClient): Promise<void> {
  const { job_id: id } = await client.post<{ job_id: string }>(JOBS, JOB);
  const { state } = await client.post<{ state: string }>(`${JOBS}/${id}/cancel`, {});
  if (state !== 'CANCELED') throw new Error(`job ${id} is ${state} after it was cancelled`);
}
