import { repeat } from '../load/clients';
import { SqliteFile } from '../load/sqlite-file';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { startPlatform } from '../service/platform';
import { percentile } from '../statistics';
import { execute } from './execute';
import { chainOf, createWorkflow, parallelOf, THREE_STEPS, threeStepsResult } from './workflows';

/** Executions of three `data_processing` steps from request to seen completion; what is not completed does not count. */
export const executions: Scenario = {
  name: 'executions',
  needs: ['sqlite-rows'],
  figures: [
    {
      key: 'rate',
      what: `executions of 3 steps completed, ${CONNECTIONS} clients`,
      unit: 'a second',
      bar: { atLeast: 600 },
    },
    { key: 'rows', what: '… rows that each leaves in the database', unit: 'rows' },
    { key: 'row-rate', what: '… rows of them', unit: 'a second', bar: { atLeast: 0.35, of: 'sqlite-rows.rate' } },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const { run, databaseFile, close } = await prepareThreeSteps(bench);
    return {
      async measure() {
        await repeat(CONNECTIONS, bench.scale.warmUpMs, run);
        const done = await repeat(CONNECTIONS, bench.scale.durationMs, run);
        const rate = done / (bench.scale.durationMs / 1_000);
        const rows = await rowsOfEach(databaseFile);
        return { rate, rows, 'row-rate': rate * rows };
      },
      close,
    };
  },
};

/** Rows in all tables that tell of executions, for each execution; all of those have ended. */
async function rowsOfEach(databaseFile: string): Promise<number> {
  const database = await SqliteFile.open(databaseFile);
  const tables = await database.all<{ name: string }>(
    `SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.name = 'execution_id'`,
  );
  const count = async (table: string) => {
    const [row] = await database.all<{ count: number }>(`SELECT COUNT(*) AS count FROM ${table}`);
    return row?.count ?? 0;
  };
  const executions = await count('agent_executions');
  let rows = executions;
  for (const { name } of tables) rows += await count(name);
  await database.close();
  return rows / executions;
}

/** The same for one client on an idle system. */
export const executionLatency: Scenario = {
  name: 'execution-latency',
  figures: [
    { key: 'p50', what: 'execution of 3 steps on an idle system, median', unit: 'ms', bar: { atMost: 15 } },
    { key: 'p99', what: '… 99th percentile', unit: 'ms', bar: { atMost: 50 } },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const { run, close } = await prepareThreeSteps(bench);
    return {
      async measure() {
        await repeat(1, bench.scale.warmUpMs, run);
        const times: number[] = [];
        await repeat(1, bench.scale.durationMs, async () => void times.push(await run()));
        return { p50: percentile(times, 50), p99: percentile(times, 99) };
      },
      close,
    };
  },
};

async function prepareThreeSteps(bench: Bench) {
  const platform = await startPlatform(bench);
  const workflowId = await createWorkflow(platform, THREE_STEPS);
  let n = 0;
  const run = () => {
    n += 1;
    return execute(platform.client, { workflowId, inputs: { n }, result: threeStepsResult(n) });
  };
  return { run, databaseFile: platform.databaseFile, close: () => platform.close() };
}

const STEPS = 200;

/** One execution of many steps, after one of three has woken all parts up. */
export const chain = largeGraph('chain', `a chain of ${STEPS} steps`, chainOf(STEPS), (n) => ({
  [`s${STEPS}`]: n + STEPS,
}));

export const parallel = largeGraph('parallel', `${STEPS} steps at once`, parallelOf(STEPS), (n) =>
  Object.fromEntries(Array.from({ length: STEPS }, (_, index) => [`s${index + 1}`, n + index + 1])),
);

function largeGraph(name: string, what: string, workflow: object, resultOf: (n: number) => object): Scenario {
  return {
    name,
    figures: [{ key: 'time', what, unit: 'ms', bar: { atMost: 1_000 } }],
    async prepare(bench: Bench): Promise<Prepared> {
      const platform = await startPlatform(bench);
      const small = await createWorkflow(platform, THREE_STEPS);
      const workflowId = await createWorkflow(platform, workflow);
      const run = (id: string, n: number, result: object) =>
        execute(platform.client, { workflowId: id, inputs: { n }, result });
      return {
        async measure() {
          await run(small, 1, threeStepsResult(1));
          return { time: await run(workflowId, 5, resultOf(5)) };
        },
        close: () => platform.close(),
      };
    },
  };
}
