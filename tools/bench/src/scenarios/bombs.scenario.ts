import type { Bench, Prepared, Scenario } from '../scenario';
import { startPlatform } from '../service/platform';
import type { JsonClient } from '../service/json-client';
import { begin, EXECUTIONS } from './execute';
import { createWorkflow } from './workflows';

const BACKTRACKING = `$match("${'a'.repeat(40)}!", /^(a+)+$/)`;
const inExpression = (expression: string) => ({ step_type: 'data_processing', config: { expression } });
const inCode = (body: string) => ({ step_type: 'custom', config: { code: `export default () => { ${body} };` } });

/** One for each limit: the time of an expression and of code, their memory, and the size of what they give. */
const BOMBS = [
  inExpression(BACKTRACKING),
  inExpression('$length($pad("x", 400000000))'),
  inExpression('($f := function($n) { 1 + $f($n + 1) }; $f(0))'),
  inCode('for (;;) {}'),
  inCode('const all = []; for (;;) all.push("x".repeat(1e6) + all.length)'),
  inCode('return "x".repeat(20e6)'),
];

interface Ended {
  readonly status: string;
  readonly step_states: Readonly<Record<string, { started_at: string | null; completed_at: string | null }>>;
}

/** Steps that would never end: how long until their limits have stopped them, one after another on an idle system. */
export const bombs: Scenario = {
  name: 'bombs',
  figures: [
    { key: 'time', what: 'the slowest step that had to be stopped', unit: 'ms', bar: { atMost: 1_000 } },
    { key: 'others', what: '… the slowest answer to another client meanwhile', unit: 'ms' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const workflows: string[] = [];
    for (const bomb of BOMBS) {
      workflows.push(
        await createWorkflow(platform, {
          name: 'A bomb',
          steps: { bomb: { name: 'bomb', max_retries: 0, ...bomb } },
        }),
      );
    }
    return {
      async measure() {
        const { client } = platform;
        const watch = watchOthers(client);
        let time = 0;
        for (const workflowId of workflows) time = Math.max(time, await explode(client, workflowId));
        return { time, others: await watch.stop() };
      },
      close: () => platform.close(),
    };
  },
};

/**
 * Milliseconds from the start of the step to its failure.
 * @throws Error when the execution did not fail.
 */
async function explode(client: JsonClient, workflowId: string): Promise<number> {
  const id = await begin(client, { workflowId, inputs: {} });
  let state: Ended;
  do state = await client.get<Ended>(`${EXECUTIONS}/${id}/status?wait=30&until=final`);
  while (!['completed', 'failed', 'cancelled'].includes(state.status));
  const bomb = state.step_states['bomb'];
  if (state.status !== 'failed' || !bomb?.started_at || !bomb.completed_at) throw new Error(`${id} is ${state.status}`);
  return Date.parse(bomb.completed_at) - Date.parse(bomb.started_at);
}

/** Asks for health again and again; `stop` tells the slowest answer in milliseconds. */
function watchOthers(client: JsonClient): { stop(): Promise<number> } {
  let slowest = 0;
  let stopped = false;
  const asking = (async () => {
    while (!stopped) {
      const began = performance.now();
      await client.get('/health');
      slowest = Math.max(slowest, performance.now() - began);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await asking;
      return slowest;
    },
  };
}
