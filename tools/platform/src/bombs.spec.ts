import { setTimeout as sleep } from 'node:timers/promises';
import { AGENT_API } from './api';
import {
  createWorkflow,
  execute,
  finalState,
  type ExecutionState,
  inParallel,
  type StepState,
} from './testing/executions';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';

/**
 * Without its limits a bomb would run for minutes or for ever. That it ends within a second is a row of the benchmark:
 * a test on a machine that others use too can tell only that it was stopped.
 */
const STOPPED_WITHIN_MS = 10_000;
const POLL_MS = 20;

const DOUBLING = '($double := function($s, $n) { $n = 0 ? $s : $double($s & $s, $n - 1) }; $length($double("x", 40)))';
const BACKTRACKING = `$match("${'a'.repeat(40)}!", /^(a+)+$/)`;
const inExpression = (expression: string) => ({ step_type: 'data_processing', config: { expression } });
const inCode = (body: string) => ({ step_type: 'custom', config: { code: `export default () => { ${body} };` } });

const BOMBS: Readonly<Record<string, object>> = {
  padding: inExpression('$length($pad("x", 400000000))'),
  doubling: inExpression(DOUBLING),
  backtracking: inExpression(BACKTRACKING),
  'a great range': inExpression('$sum([1..9999999].($ * $))'),
  'endless tail calls': inExpression('($f := function($n) { $f($n + 1) }; $f(0))'),
  'endless recursion': inExpression('($f := function($n) { 1 + $f($n + 1) }; $f(0))'),
  'an expression in a mapping': { ...inExpression('x'), input_mappings: { x: BACKTRACKING } },
  'an expression in `when`': { ...inExpression('1'), when: `$exists(${DOUBLING})` },
  'an expression in an output mapping': { ...inExpression('1'), output_mappings: { x: BACKTRACKING } },
  'a schema': {
    step_type: 'verification',
    config: { schema: { type: 'string', pattern: '^(a+)+$' } },
    input_mappings: { subject: { literal: `${'a'.repeat(40)}!` } },
  },
  'an endless loop in code': inCode('for (;;) {}'),
  'memory in code': inCode('const all = []; for (;;) all.push("x".repeat(1e6) + all.length)'),
  'a promise in code that never settles': inCode('return new Promise(() => {})'),
  'endless promises in code': inCode('const again = () => Promise.resolve().then(again); return again()'),
  'recursion in code': inCode('const f = () => 1 + f(); return f()'),
  'backtracking in code': inCode(`return /^(a+)+$/.test("${'a'.repeat(40)}!")`),
  'a great result of code': inCode('return "x".repeat(20e6)'),
};

const bed = new TestBed();
let platform: LaunchedPlatform;
let watch: Watch;

/** Other clients' requests, one after another, for as long as the bombs run. */
class Watch {
  readonly answers: { path: string; status: number; ms: number }[] = [];
  private readonly stopping = new AbortController();
  private readonly polling: Promise<unknown>;

  constructor(url: string, key: string) {
    const paths = ['/health', `${AGENT_API}/workflows?limit=5`];
    this.polling = Promise.all(paths.map((path) => this.poll(url, path, key)));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.polling;
  }

  private async poll(url: string, path: string, key: string): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const began = performance.now();
      const response = await fetch(`${url}${path}`, { headers: { 'x-api-key': key } });
      await response.arrayBuffer();
      this.answers.push({ path, status: response.status, ms: performance.now() - began });
      await sleep(POLL_MS);
    }
  }
}

beforeAll(async () => {
  platform = await bed.platform();
  watch = new Watch(platform.agents.url, platform.keys.client);
});

afterAll(() => bed.close());

function workflowOf(name: string, step: object) {
  return { name, steps: { bomb: { name, max_retries: 0, ...step } } };
}

async function explode(name: string, step: object) {
  const workflowId = await createWorkflow(platform.client, workflowOf(name, step));
  return finalState(platform.client, await execute(platform.client, workflowId));
}

/** A step whose mappings or condition fail has not started itself; its execution had. */
function durationOf(step: StepState | undefined, execution: ExecutionState): number {
  return Date.parse(step?.completed_at ?? '') - Date.parse(step?.started_at ?? execution.started_at ?? '');
}

describe('a bomb in a workflow', () => {
  it.each(Object.entries(BOMBS))('fails its step: %s', async (name, step) => {
    const execution = await explode(name, step);
    const { status, step_states: steps } = execution;
    const bomb = steps['bomb'];
    expect({ status, step: bomb?.status }).toEqual({ status: 'failed', step: 'failed' });
    expect(bomb?.error_code).toMatch(/^(expression|schema|code)_(timeout|resource_limit|failed)$/);
    expect(bomb?.error_message).not.toMatch(/\/|\n| at /);
    expect(durationOf(bomb, execution)).toBeLessThan(STOPPED_WITHIN_MS);
  });

  it('fails the execution when it is in the outputs', async () => {
    const workflow = { ...workflowOf('outputs', inExpression('1')), outputs: { x: BACKTRACKING } };
    const workflowId = await createWorkflow(platform.client, workflow);
    const id = await execute(platform.client, workflowId);
    expect(await finalState(platform.client, id)).toMatchObject({ status: 'failed', final_result: null });
  });

  it('fails with all others at once, while workflows of others are completed', async () => {
    const harmless = { x: inExpression('$sum([1..10])') };
    const all = Object.entries({ ...BOMBS, ...harmless });
    const states = await inParallel(all, all.length, ([name, step]) => explode(name, step));
    expect(states.map(({ status }) => status)).toEqual(all.map(([name]) => (name === 'x' ? 'completed' : 'failed')));
    expect(states.at(-1)?.step_states['bomb']?.output).toBe(55);
  });

  it('is not noticed by any other request, nor by the service', async () => {
    await watch.stop();
    expect(watch.answers.length).toBeGreaterThan(50);
    expect(watch.answers.filter(({ status, ms }) => status !== 200 || ms > STOPPED_WITHIN_MS)).toEqual([]);
    expect(platform.agents.log().filter(({ level }) => level === 'error')).toEqual([]);
    expect(platform.agents.stderr).toEqual([]);
  });
});
