import { MODEL } from './effect-server';

/** The signal that the client sends to executions that wait for one. */
export const SIGNAL = 'go';
/** A model that no miner has: a job that asks for it stays in the queue until it is cancelled. */
const NOBODYS_MODEL = 'nobodys';

/** A workflow, and what its client does after the start. */
export interface Shape {
  readonly name: string;
  readonly workflow: object;
  readonly then: 'nothing' | 'signal' | 'cancel';
}

const QUICK_RETRY = { initial_interval_ms: 50, maximum_interval_ms: 200 };
const common = (name: string) => ({ name, timeout_seconds: 60, max_retries: 6, retry_policy: QUICK_RETRY });

const data = (changes: object = {}) => ({
  ...common('Data'),
  step_type: 'data_processing',
  config: { expression: '1 + 1', ...changes },
});

/** Its name in the workflow must begin with `effect`: by that the rules know it. */
const effect = () => ({
  ...common('Effect'),
  step_type: 'inference',
  model_requirements: { provider: 'openai', model: MODEL },
  input_mappings: { prompt: { literal: 'do it' } },
});

/** A coordinator job; its name must begin with `job`. A miner's effect is recorded under what the prompt says. */
const job = (id: string, model = MODEL) => ({
  ...common('Job'),
  step_type: 'inference',
  timeout_seconds: 600,
  model_requirements: { models: [model] },
  config: { service_type: 'llm_inference', parameters: { model } },
  input_mappings: { prompt: `execution.id & ":${id}"` },
});

const shape = (name: string, then: Shape['then'], steps: object, dependencies: object): Shape => ({
  name,
  workflow: { name, max_execution_time: 1_800, steps, dependencies },
  then,
});

const chain = shape(
  'chain',
  'nothing',
  { first: data(), effect_a: effect(), effect_b: effect(), last: data() },
  { effect_a: ['first'], effect_b: ['effect_a'], last: ['effect_b'] },
);

const branches = ['effect_1', 'effect_2', 'effect_3', 'effect_4', 'effect_slow'];
const fan = shape(
  'fan-out',
  'nothing',
  { root: data(), ...Object.fromEntries(branches.map((id) => [id, effect()])), join: data() },
  { ...Object.fromEntries(branches.map((id) => [id, ['root']])), join: branches },
);

const retries = shape(
  'retries',
  'nothing',
  { effect_flaky: effect(), effect_busy: effect(), last: data() },
  { effect_busy: ['effect_flaky'], last: ['effect_busy'] },
);

const waiting = shape(
  'timer and signal',
  'signal',
  {
    effect_before: effect(),
    timer: data({ wait_for: { seconds: 0.7 } }),
    gate: data({ wait_for: { signal: SIGNAL } }),
    effect_after: effect(),
  },
  { timer: ['effect_before'], effect_after: ['timer', 'gate'] },
);

const jobs = shape(
  'jobs',
  'nothing',
  { effect_before: effect(), job_a: job('job_a'), job_b: job('job_b'), effect_after: effect() },
  { job_a: ['effect_before'], effect_after: ['job_a', 'job_b'] },
);

const cancelled = shape(
  'cancelled',
  'cancel',
  { effect_before: effect(), job_never: job('job_never', NOBODYS_MODEL), effect_slow: effect() },
  { job_never: ['effect_before'] },
);

export const SHAPES: readonly Shape[] = [chain, fan, retries, waiting, jobs, cancelled];
