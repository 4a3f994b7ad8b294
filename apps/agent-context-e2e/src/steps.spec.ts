import { type Actor, actor } from './testing/actors';
import { ran, started, until } from './testing/executions';
import { hashOf } from './testing/json';
import { Miner } from './testing/miner';
import { EXECUTIONS } from './testing/paths';
import { created, dataStep, inferenceStep } from './testing/workflows';

let alice: Actor;
let miner: Miner;
beforeAll(async () => {
  alice = await actor('client');
  miner = await Miner.online();
});

const custom = (code: string, more: object = {}) => ({
  name: 'Code',
  step_type: 'custom',
  config: { code },
  max_retries: 0,
  ...more,
});
const once = { max_retries: 0 };

describe('mappings and the graph', () => {
  it('passes inputs and outputs along as the mappings say', async () => {
    const steps = {
      source: dataStep('{"list": [1..3], "name": $inputs.name}'),
      sum: dataStep('$sum(list)', { input_mappings: { list: 'steps.source.output.list' } }),
      text: dataStep('name & suffix', {
        input_mappings: { name: 'steps.source.output.name', suffix: { literal: '!steps' } },
      }),
      mapped: dataStep('{"value": 7, "rest": 8}', { output_mappings: { only: 'value' } }),
    };
    const dependencies = { sum: ['source'], text: ['source'] };
    const outputs = { total: 'steps.sum.output', greeting: 'steps.text.output' };
    const execution = await ran(alice, { steps, dependencies, outputs }, { inputs: { name: 'Ada' } });
    expect(execution).toMatchObject({ status: 'completed', final_result: { total: 6, greeting: 'Ada!steps' } });
  });

  it('gives the outputs of the steps that nobody depends on, when the workflow names none', async () => {
    const steps = { a: dataStep('1'), b: dataStep('$steps.a.output + 1'), c: dataStep('$steps.a.output + 2') };
    const { final_result } = await ran(alice, { steps, dependencies: { b: ['a'], c: ['a'] } });
    expect(final_result).toEqual({ b: 2, c: 3 });
  });

  it('skips a step whose condition is false', async () => {
    const steps = { yes: dataStep('1', { when: 'inputs.go' }), no: dataStep('2', { when: '$not(inputs.go)' }) };
    const execution = await ran(alice, { steps }, { inputs: { go: true } });
    expect(execution).toMatchObject({
      status: 'completed',
      step_states: { yes: { status: 'completed' }, no: { status: 'skipped' } },
    });
  });

  it.each([
    ['that goes on for ever', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['that doubles a text', '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $d("xxxxxxxx", 60))'],
    ['that asks for gigabytes', '$length($pad("x", 400000000))'],
    ['whose pattern backtracks', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a+)+$/)'],
    ['that throws', '$error("no")'],
  ])('fails an expression %s, and the service does not notice', async (_what, expression) => {
    const execution = await ran(alice, { steps: { bomb: dataStep(expression, once) } });
    expect(execution).toMatchObject({
      status: 'failed',
      failed_step: 'bomb',
      error_message: expect.stringMatching(/\S/),
      step_states: { bomb: { status: 'failed' } },
    });
    expect((await ran(alice, {}, { inputs: { n: 1 } })).status).toBe('completed');
  });
});

describe('verification steps', () => {
  const subject = { answer: 42 };
  const verification = (config: object) => ({
    name: 'Check',
    step_type: 'verification',
    config,
    input_mappings: { subject: 'inputs.subject' },
  });
  const schema = { type: 'object', required: ['answer'], properties: { answer: { type: 'integer' } } };
  const check = (config: object) => ran(alice, { steps: { check: verification(config) } }, { inputs: { subject } });

  it('completes when the subject meets its schema', async () => {
    expect((await check({ schema })).status).toBe('completed');
  });

  it('fails at once when it does not', async () => {
    const execution = await check({ schema: { ...schema, required: ['question'] } });
    expect(execution).toMatchObject({ status: 'failed', step_states: { check: { attempt: 1 } } });
  });

  it('compares a hash', async () => {
    expect((await check({ schema, sha256: hashOf(subject) })).status).toBe('completed');
    expect((await check({ schema, sha256: hashOf('other') })).status).toBe('failed');
  });
});

describe('custom steps', () => {
  it('run their code over the mapped input', async () => {
    const code = 'export default async ({ words }) => ({ count: words.length, first: words[0] });';
    const step = custom(code, { input_mappings: { words: 'inputs.words' } });
    const { final_result } = await ran(alice, { steps: { step } }, { inputs: { words: ['a', 'b'] } });
    expect(final_result).toEqual({ step: { count: 2, first: 'a' } });
  });

  it('see neither process nor network', async () => {
    const code = 'export default () => [typeof process, typeof require, typeof fetch];';
    const { final_result } = await ran(alice, { steps: { step: custom(code) } });
    expect(final_result).toEqual({ step: ['undefined', 'undefined', 'undefined'] });
  });

  it.each([
    ['throws', 'export default () => { throw new Error("no"); };'],
    ['eats memory', 'export default () => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); };'],
  ])('fail when the code %s', async (_what, code) => {
    expect(await ran(alice, { steps: { step: custom(code) } })).toMatchObject({
      status: 'failed',
      failed_step: 'step',
    });
  });

  it('fail when their time is over', async () => {
    const step = custom('export default () => { for (;;) {} };', { timeout_seconds: 1 });
    expect((await ran(alice, { steps: { step } })).status).toBe('failed');
  });
});

describe('inference by a miner', () => {
  const ask = (more: object = {}) => ({ steps: { ask: inferenceStep(miner.model, more) } });
  const start = async (more: object = {}) =>
    started(alice, await created(alice, ask(more)), { inputs: { prompt: 'hello' } });

  it('becomes a job whose result is the step’s output', async () => {
    const id = await start();
    const job = await miner.take();
    expect(job).toMatchObject({
      attempt: 1,
      payload: { service_type: 'llm_inference', service_request: { model: miner.model, prompt: 'hello' } },
    });
    await miner.complete(job, { text: 'hi', tokens: 1 });
    expect(await until(alice, id)).toMatchObject({
      status: 'completed',
      final_result: { ask: { text: 'hi', tokens: 1 } },
    });
  });

  it('fails with the job', async () => {
    const id = await start();
    await miner.fail(await miner.take(), 'the model is broken');
    expect(await until(alice, id)).toMatchObject({
      status: 'failed',
      failed_step: 'ask',
      error_message: expect.stringContaining('the model is broken'),
    });
  });

  it('asks for another job as often as the retry policy says', async () => {
    const retry_policy = { initial_interval_ms: 1, maximum_interval_ms: 1, jitter: false };
    const id = await start({ max_retries: 1, retry_policy });
    const first = await miner.take();
    await miner.fail(first, 'not now');
    const second = await miner.take();
    expect(second.job_id).not.toBe(first.job_id);
    await miner.fail(second, 'never');
    await until(alice, id);
    const { body } = await alice.http.get(`${EXECUTIONS}/${id}/logs`);
    expect(body.status).toBe('failed');
    expect(body.step_logs).toMatchObject([{ step_id: 'ask', status: 'failed', attempt: 2, retry_count: 1 }]);
  });

  it('keeps the time of the step', async () => {
    const id = await start({ timeout_seconds: 1 });
    await miner.take();
    expect(await until(alice, id)).toMatchObject({ status: 'failed', failed_step: 'ask' });
  });
});
