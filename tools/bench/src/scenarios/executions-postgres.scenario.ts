import { startProductionPostgres } from '@aitbc/shared-core/testing';
import { repeat } from '../load/clients';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { type Coordinator, startAnotherCoordinator, startCoordinator } from '../service/coordinator';
import { execute } from './execute';
import { createWorkflow, THREE_STEPS, threeStepsResult } from './workflows';

/** Processes on the database; each serves half of the clients and has a worker. */
const PROCESSES = 2;

/**
 * The same as `executions` on PostgreSQL: two coordinators, each with all roles, as one would run them behind a balancer. Each client
 * stays with one of them. Either worker claims what is due, so that many an execution is run by the process that
 * did not start it.
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
    const coordinators: Coordinator[] = [];
    const close = async () => {
      await Promise.all(coordinators.map((coordinator) => coordinator.close()));
      await postgres.stop();
    };
    try {
      const variables = { DATABASE_URL: await postgres.createDatabase() };
      const first = await startCoordinator(bench, variables);
      coordinators.push(first);
      while (coordinators.length < PROCESSES) {
        coordinators.push(await startAnotherCoordinator(bench, first, variables));
      }
      const run = executor(coordinators, await createWorkflow(first, THREE_STEPS));
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

/** One execution by a client, through the coordinator that is its own. */
function executor(coordinators: readonly Coordinator[], workflowId: string): (client: number) => Promise<number> {
  let n = 0;
  return (client) => {
    const coordinator = coordinators[client % coordinators.length];
    if (!coordinator) throw new Error('there is no coordinator');
    n += 1;
    return execute(coordinator.client, { workflowId, inputs: { n }, result: threeStepsResult(n) });
  };
}
