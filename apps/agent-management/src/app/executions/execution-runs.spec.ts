import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, codeStep, dataStep, jobStep, QUICK_RETRY } from '../testing/agent-context-fixture';

describeAboveStores('executions of every shape', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => (fixture = await AgentContextFixture.open(engine)));
  afterAll(() => fixture.context.stop());

  it('runs three data steps in order', async () => {
    const steps = {
      clean: dataStep('$inputs.words.$uppercase($)'),
      count: dataStep('$count(words)', { input_mappings: { words: 'steps.clean.output' } }),
      report: dataStep('$string($steps.count.output) & ": " & $join($steps.clean.output, ",")'),
    };
    const dependencies = { count: ['clean'], report: ['count'] };
    const state = await fixture.run(steps, { dependencies }, { inputs: { words: ['a', 'b'] } });
    expect(state).toMatchObject({ status: 'completed', final_result: { report: '2: A,B' } });
  });

  it('runs 200 steps side by side', async () => {
    const steps = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`s${n}`, dataStep(`${n}`)]));
    const state = await fixture.run(steps, {});
    expect(state.status).toBe('completed');
    expect(Object.keys(state.final_result as object)).toHaveLength(200);
    expect(state.event_seq).toBe(2 * 200 + 2);
  });

  it('runs a chain of 200 steps', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `s${n}`);
    const add = (before: string | undefined) => ({ x: before === undefined ? '0' : `steps.${before}.output` });
    const steps = Object.fromEntries(ids.map((id, n) => [id, dataStep('x + 1', { input_mappings: add(ids[n - 1]) })]));
    const dependencies = Object.fromEntries(ids.slice(1).map((id, n) => [id, [ids[n]]]));
    const state = await fixture.run(steps, { dependencies });
    expect(state).toMatchObject({ status: 'completed', final_result: { s199: 200 } });
  });

  it('runs every type of step in one workflow', async () => {
    fixture.jobs.endNext = ({ serviceRequest }) => ({
      result: { text: serviceRequest['prompt'] },
      costUnits: 50_000_000,
    });
    const steps = {
      prepare: dataStep('$inputs.prompt & "!"'),
      ask: jobStep({ input_mappings: { prompt: 'steps.prepare.output' } }),
      shape: codeStep('export default ({ text }) => ({ text, length: text.length });', {
        input_mappings: { text: 'steps.ask.output.text' },
      }),
      check: {
        name: 'Check',
        step_type: 'verification',
        config: { schema: { type: 'object', properties: { length: { const: 3 } }, required: ['length'] } },
        input_mappings: { subject: 'steps.shape.output' },
      },
    };
    const dependencies = { ask: ['prepare'], shape: ['ask'], check: ['shape'] };
    const outputs = { text: 'steps.ask.output.text', valid: 'steps.check.output.valid' };
    const state = await fixture.run(steps, { dependencies, outputs }, { inputs: { prompt: 'hi' } });
    fixture.jobs.endNext = () => undefined;
    expect(state).toMatchObject({
      status: 'completed',
      total_cost: 0.5,
      final_result: { text: 'hi!', valid: true },
    });
  });

  it('skips what its condition excludes, with output mappings on what runs', async () => {
    const steps = {
      a: dataStep('1', { when: 'inputs.go' }),
      b: dataStep('{"n": 20}', { output_mappings: { tenth: 'output.n / 10', a: 'steps.a.status' } }),
    };
    const state = await fixture.run(steps, { dependencies: { b: ['a'] } }, { inputs: { go: false } });
    expect(state.step_states).toMatchObject({ a: { status: 'skipped' }, b: { output: { tenth: 2, a: 'skipped' } } });
  });

  it('tries a failing step again as often as it may', async () => {
    const steps = { job: jobStep({ max_retries: 2, retry_policy: QUICK_RETRY }) };
    let left = 2;
    fixture.jobs.endNext = () => ((left -= 1) >= 0 ? { state: 'FAILED', error: 'out of memory' } : { result: 'ok' });
    const state = await fixture.run(steps);
    fixture.jobs.endNext = () => undefined;
    expect(state).toMatchObject({ status: 'completed', step_states: { job: { attempt: 3, output: 'ok' } } });
  });

  it('ends a step at its time-out and an execution at its own', async () => {
    const step = await fixture.workflow({ job: jobStep({ timeout_seconds: 1, max_retries: 0 }) });
    const whole = await fixture.workflow({ job: jobStep() });
    const ids = [await fixture.start(step), await fixture.start(whole, { max_execution_time: 3 })];
    const [one, two] = await Promise.all(ids.map((id) => fixture.until(id)));
    expect(one).toMatchObject({ status: 'failed', error_code: 'step_timeout', failed_step: 'job' });
    expect(two).toMatchObject({ status: 'failed', error_code: 'execution_timeout', failed_step: null });
    expect(two?.step_states['job']?.status).toBe('cancelled');
  });

  it('ends an execution that has spent more than its budget, and offers no job more than is left', async () => {
    const steps = { a: jobStep(), b: jobStep(), c: jobStep() };
    const prices: unknown[] = [];
    fixture.jobs.endNext = ({ constraints }) => {
      prices.push(constraints?.max_price);
      return { result: {}, costUnits: 60_000_000 };
    };
    const state = await fixture.run(steps, { dependencies: { b: ['a'], c: ['b'] } }, { max_cost_budget: 1 });
    fixture.jobs.endNext = () => undefined;
    expect(state).toMatchObject({ status: 'failed', error_code: 'budget_exceeded', total_cost: 1.2 });
    expect(prices).toEqual([1, 0.4]);
    expect(state.step_states).toMatchObject({ c: { status: 'cancelled', attempt: 0 } });
  });

  it('fails when an output expression fails', async () => {
    const state = await fixture.run({ a: dataStep('1') }, { outputs: { x: '$error("no such thing")' } });
    expect(state).toMatchObject({ status: 'failed', error_code: 'expression_failed', failed_step: null });
    expect(state.error_message).toContain('no such thing');
  });

  it.each([
    ['does not fit its schema', { schema: { type: 'string' } }, { subject: '5' }],
    ['selects nothing', { schema: { type: 'object' } }, { subject: 'inputs.absent' }],
    ['has another hash', { schema: {}, sha256: '0'.repeat(64) }, { subject: '5' }],
  ])('does not try a verification again whose subject %s', async (_, config, input_mappings) => {
    const check = { name: 'Check', step_type: 'verification', config, input_mappings, max_retries: 3 };
    const state = await fixture.run({ check });
    expect(state).toMatchObject({ error_code: 'verification_failed', step_states: { check: { attempt: 1 } } });
  });

  it('tells where the code of a step failed', async () => {
    const state = await fixture.run({ code: codeStep('export default () => {\n  throw new Error("broken");\n};') });
    expect(state).toMatchObject({ error_code: 'code_failed', step_states: { code: { attempt: 1 } } });
    expect(state.error_message).toMatch(/broken.*line 2/);
  });

  it('cancels an execution that commits without pause', async () => {
    const steps = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`s${n}`, dataStep(`${n}`)]));
    const workflowId = await fixture.workflow(steps);
    for (let round = 0; round < 5; round += 1) {
      const id = await fixture.start(workflowId);
      await fixture.until(id, ({ event_seq }) => event_seq > 10 * round);
      const { status, text } = await fixture.post(`/executions/${id}/cancel`);
      const after = await fixture.status(id);
      expect(`${status} ${after.status}`).toBe(after.status === 'completed' ? '409 completed' : `200 cancelled`);
      expect(text).not.toContain('too quickly');
      await fixture.history(id);
    }
  });
});
