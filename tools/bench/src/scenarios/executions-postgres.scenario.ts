import { startProductionPostgres } from '@aitbc/shared-core/testing';
import { repeat } from '../load/clients';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { type Service, startAnother, startPlatform } from '../service/platform';
import { execute } from './execute';
import { createWorkflow, THREE_STEPS, threeStepsResult } from './workflows';

/** Processes on the database; each serves half of the clients and has a worker. */
const PROCESSES = 2;

/**
 * The same as `executions` on PostgreSQL: two processes of agent-management, each with all roles, as one would run them
 * behind a balancer, and one coordinator. Each client stays with one of the two. Either worker claims what is due, so that
 * many an execution is run by the process that did not start it.
 */
export const executionsPostgres: Scenario = {
  name: 'executions-postgres',
  figures: [
    {
      key: 'rate',
      what: `executions of 3 steps completed, PostgreSQL, ${PROCESSES} processes, ${CONNECTIONS} clients`,
      unit: 'a second',
      bar: { atLeast: 400 },
    },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const postgres = await startProductionPostgres();
    const started: { close(): Promise<void> }[] = [];
    const close = async () => {
      for (const each of started.toReversed()) await each.close();
      await postgres.stop();
    };
    try {
      const variables = { DATABASE_URL: await postgres.createDatabase() };
      const first = await startPlatform(bench, variables);
      started.push(first);
      const processes: Service[] = [first];
      while (processes.length < PROCESSES) {
        const another = await startAnother(bench, first, variables);
        started.push(another);
        processes.push(another);
      }
      const run = executor(processes, await createWorkflow(first, THREE_STEPS));
      return {
        async measure() {
          await repeat(CONNECTIONS, bench.scale.warmUpMs, run);
          const done = await repeat(CONNECTIONS, bench.scale.durationMs, run);
          return { rate: done / (bench.scale.durationMs / 1_000) };
        },
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  },
};

/** One execution by a client, through the process that is its own. */
function executor(processes: readonly Service[], workflowId: string): (client: number) => Promise<number> {
  let n = 0;
  return (client) => {
    const service = processes[client % processes.length];
    if (!service) throw new Error('there is no process');
    n += 1;
    return execute(service.client, { workflowId, inputs: { n }, result: threeStepsResult(n) });
  };
}
