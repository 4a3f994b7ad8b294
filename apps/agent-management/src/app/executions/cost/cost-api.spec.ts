import { type ChatReply, type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { costOf, Metrics, parseTokenPrices, toUnits } from '@aitbc/shared-core';
import { describeAboveStores, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, codeStep, dataStep, jobStep, QUICK_RETRY } from '../../testing/agent-context-fixture';
import { TestJobClient } from '../../testing/test-job-client';

const chatStep = (changes: object = {}, model = 'tiny') => ({
  name: 'Chat',
  step_type: 'inference',
  model_requirements: { provider: 'openai', model },
  config: { parameters: { max_tokens: 10 } },
  input_mappings: { prompt: 'inputs.prompt' },
  max_retries: 0,
  retry_policy: QUICK_RETRY,
  ...changes,
});
const PROMPT = { inputs: { prompt: 'one two three' } };
const PAID_JOB = { result: 'done', receiptId: 'rcpt_1', receipt: 'a.b.c', costUnits: 25_000_000 };

describeAboveStores('the cost of an execution', (engine) => {
  let chat: ChatServer;
  let fixture: AgentContextFixture;
  let config: object;
  beforeAll(async () => {
    chat = await startChatServer(['tiny', 'free']);
    config = {
      INFERENCE_BASE_URL: chat.url,
      INFERENCE_MODELS: ['tiny', 'free'],
      INFERENCE_PRICES: parseTokenPrices('tiny=1.5/4'),
      CUSTOM_CODE_PRICE_PER_CPU_SECOND: 200_000_000,
    };
    fixture = await AgentContextFixture.open(engine, { config });
  });
  beforeEach(() => {
    chat.answerWith = () => undefined;
    fixture.jobs.endNext = () => undefined;
  });
  afterAll(() => Promise.all([fixture.context.stop(), chat.close()]));

  const costOfExecution = async (id: string, from = fixture) =>
    (await from.get(`/executions/${id}/cost`).expect(200)).body;
  const replies = (...list: ChatReply[]) => (chat.answerWith = () => list.shift());
  const metrics = async () => (await new Metrics(fixture.context.metrics, memoryLogger().logger).render()).text;

  it('of an answer is its tokens at the price of its model', async () => {
    const { execution_id: id, total_cost: total } = await fixture.run({ chat: chatStep() }, {}, PROMPT);
    // 3 tokens read at 1.5, 3 written at 4 coins for a million.
    expect(total).toBe(0.0000165);
    expect(await costOfExecution(id)).toEqual({
      ...{ execution_id: id, status: 'completed', total_cost: 0.0000165, reserved_cost: 0, budget: 0 },
      steps: [
        {
          ...{ step_id: 'chat', step_type: 'inference', attempt: 1, cost: 0.0000165 },
          basis: {
            ...{ kind: 'tokens', model: 'tiny', prompt_tokens: 3, completion_tokens: 3 },
            ...{ input_price: 1.5, output_price: 4 },
          },
        },
      ],
    });
  });

  it('includes the tokens of tries and of attempts that came to nothing', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 7 };
    const useless: ChatReply = { status: 200, body: { choices: [], usage } };
    replies(useless, useless, { status: 500, body: {} }, useless);
    const state = await fixture.run({ chat: chatStep({ max_retries: 1 }) }, {}, PROMPT);
    expect(state).toMatchObject({ status: 'completed', step_states: { chat: { attempt: 2 } } });
    const { steps, total_cost: total } = await costOfExecution(state.execution_id);
    expect(steps).toMatchObject([
      { attempt: 1, cost: 0.000356, basis: { prompt_tokens: 200, completion_tokens: 14 } },
      { attempt: 2, cost: 0.0001945, basis: { prompt_tokens: 103, completion_tokens: 10 } },
    ]);
    expect(total).toBe(0.0005505);
  });

  it('is paid for failed steps too', async () => {
    const refusal = { status: 400, body: { usage: { prompt_tokens: 1_000, completion_tokens: 0 } } };
    replies(refusal);
    const state = await fixture.run({ chat: chatStep() }, {}, PROMPT);
    expect(state).toMatchObject({ status: 'failed', error_code: 'inference_refused', total_cost: 0.0015 });
    const lost = { chat: chatStep({ output_mappings: { x: '$error("no")' } }) };
    expect(await fixture.run(lost, {}, PROMPT)).toMatchObject({ status: 'failed', total_cost: 0.0000165 });
  });

  it('is nothing for a model without a price, and for tokens that nobody counted; and says so', async () => {
    const { execution_id: id } = await fixture.run({ chat: chatStep({}, 'free') }, {}, PROMPT);
    const free = { kind: 'tokens', prompt_tokens: 3, input_price: null, output_price: null };
    expect(await costOfExecution(id)).toMatchObject({ total_cost: 0, steps: [{ cost: 0, basis: free }] });
    replies({ status: 200, body: { choices: [{ message: { content: 'x' } }] } });
    const uncounted = await fixture.run({ chat: chatStep() }, {}, PROMPT);
    const unknown = { kind: 'tokens', prompt_tokens: null, completion_tokens: null, input_price: 1.5 };
    expect(await costOfExecution(uncounted.execution_id)).toMatchObject({ steps: [{ cost: 0, basis: unknown }] });
    const text = await metrics();
    expect(text).toMatch(/^aitbc_step_unpriced_attempts_total\{step_type="inference",reason="no_price"\} 1$/m);
    expect(text).toMatch(/^aitbc_step_unpriced_attempts_total\{step_type="inference",reason="no_count"\} 1$/m);
    expect(text).toMatch(/^aitbc_step_cost_units_total\{step_type="inference",basis="tokens"\} \d+$/m);
    expect(text).toMatch(/^aitbc_inference_tokens_total\{model="tiny",direction="output"\} \d+$/m);
  });

  it.each([
    [
      'that succeeds',
      'export default () => { let n = 0; for (let i = 0; i < 20000; i++) n += i; return n }',
      'completed',
    ],
    ['that throws', 'export default () => { throw new Error("no") }', 'failed'],
    ['that is stopped', 'export default () => { for (;;); }', 'failed'],
  ])('of code %s is the CPU time that it has used', async (_, code, status) => {
    const state = await fixture.run({ code: codeStep(code, { max_retries: 0 }) });
    expect(state.status).toBe(status);
    const { steps, total_cost: total } = await costOfExecution(state.execution_id);
    expect(steps).toMatchObject([{ attempt: 1, basis: { kind: 'cpu', price_per_second: 2 } }]);
    const { cpu_microseconds: quantity } = steps[0].basis;
    expect(quantity).toBeGreaterThan(0);
    expect(toUnits(total)).toBe(costOf([{ quantity, price: 200_000_000 }]));
    expect(await metrics()).toMatch(/^aitbc_step_cpu_seconds_total \d/m);
  });

  it('of a job is that of its receipt', async () => {
    fixture.jobs.endNext = () => PAID_JOB;
    const { execution_id: id } = await fixture.run({ job: jobStep(), then: dataStep('1') }, {}, PROMPT);
    const { steps, total_cost: total } = await costOfExecution(id);
    expect(total).toBe(0.25);
    const job = { step_id: 'job', attempt: 1, cost: 0.25, job_receipt_id: 'rcpt_1', basis: { kind: 'job' } };
    const none = { step_id: 'then', step_type: 'data_processing', attempt: 1, cost: 0, basis: { kind: 'none' } };
    expect(steps).toHaveLength(2);
    expect(steps).toEqual(expect.arrayContaining([expect.objectContaining(none)]));
    expect(steps).toContainEqual(
      expect.objectContaining({ ...job, basis: { kind: 'job', job_id: expect.any(String) } }),
    );
  });

  it('has a job once that ends after its attempt: the next attempt takes its result', async () => {
    const { jobs } = fixture;
    const step = jobStep({ timeout_seconds: 1, max_retries: 1, retry_policy: QUICK_RETRY });
    // It ends when its attempt is over and the next one is about to cancel it.
    const cancel = jest.spyOn(jobs, 'cancel').mockImplementation((key) => {
      const job = jobs.submissions.find(({ idempotencyKey }) => idempotencyKey === key);
      if (job) jobs.end(job.jobId, PAID_JOB);
      return TestJobClient.prototype.cancel.call(jobs, key);
    });
    const id = await fixture.start(await fixture.workflow({ job: step }), PROMPT);
    expect(await fixture.until(id)).toMatchObject({ status: 'completed', final_result: { job: 'done' } });
    cancel.mockRestore();
    expect(jobs.submissions.filter(({ executionId }) => executionId === id)).toHaveLength(1);
    expect(await costOfExecution(id)).toMatchObject({
      total_cost: 0.25,
      steps: [
        { attempt: 1, cost: 0, basis: { kind: 'none' } },
        { attempt: 2, cost: 0.25, job_receipt_id: 'rcpt_1' },
      ],
    });
  });

  it('has a job whose result the step then lost, and names its receipt', async () => {
    fixture.jobs.endNext = () => PAID_JOB;
    const step = jobStep({ output_mappings: { x: '$error("no")' } });
    const { execution_id: id, status } = await fixture.run({ job: step }, {}, PROMPT);
    expect(status).toBe('failed');
    expect(await costOfExecution(id)).toMatchObject({ total_cost: 0.25, steps: [{ job_receipt_id: 'rcpt_1' }] });
    const { body } = await fixture.get(`/executions/${id}/receipt`).expect(200);
    expect(body).toMatchObject({ payload: { total_cost: 0.25 }, steps: [{ cost: 0.25, job_receipt_id: 'rcpt_1' }] });
  });

  it('has a job once whose result was taken by a process that died before it could store it', async () => {
    const jobs = new TestJobClient();
    const parts = { url: await engine.freshUrl(), jobs, config: { LEASE_SECONDS: 1 } };
    const dying = await AgentContextFixture.open(engine, parts);
    const id = await dying.start(await dying.workflow({ job: jobStep() }), PROMPT);
    const { step_states: states } = await dying.until(id, ({ status }) => status === 'waiting');
    // From the moment when it is given the result, nothing that it writes arrives.
    const taken = jest.spyOn(jobs, 'outcome').mockImplementationOnce((jobId) => {
      for (const write of ['writeSet', 'writeAtOnce'] as const) {
        jest.spyOn(dying.db, write).mockRejectedValue(new Error('this process is gone'));
      }
      return TestJobClient.prototype.outcome.call(jobs, jobId);
    });
    jobs.end(states['job']?.job_id ?? '', PAID_JOB);
    await waitFor(() => taken.mock.calls.length > 0);
    const alive = await AgentContextFixture.open(engine, parts);
    await alive.until(id);
    expect(taken.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(await costOfExecution(id, alive)).toMatchObject({ total_cost: 0.25, steps: [{ attempt: 1, cost: 0.25 }] });
    jest.restoreAllMocks();
    await Promise.all([alive.context.stop(), dying.context.stop()]);
  });

  it('is nothing for a step that was adopted', async () => {
    fixture.jobs.endNext = () => PAID_JOB;
    const steps = { job: jobStep(), then: dataStep('$error("no")', { max_retries: 0 }) };
    const first = await fixture.run(steps, { dependencies: { then: ['job'] } }, PROMPT);
    expect(first).toMatchObject({ status: 'failed', total_cost: 0.25 });
    const { body } = await fixture.post(`/executions/${first.execution_id}/retry`).expect(202);
    await fixture.until(body.execution_id);
    const cost = await costOfExecution(body.execution_id);
    expect(cost.total_cost).toBe(0);
    const adopted = { step_id: 'job', attempt: 1, cost: 0, basis: { kind: 'none' }, adopted_from: first.execution_id };
    expect(cost.steps[0]).toEqual({ step_type: 'inference', ...adopted });
  });

  describe('with a budget', () => {
    const budget = (max_cost_budget: number) => ({ ...PROMPT, max_cost_budget });

    it('asks for no answer whose max_tokens it could not pay', async () => {
      const before = chat.requests.length;
      const state = await fixture.run({ chat: chatStep() }, {}, budget(0.00004));
      expect(state).toMatchObject({
        status: 'failed',
        error_code: 'budget_exceeded',
        failed_step: 'chat',
        total_cost: 0,
      });
      expect(state.error_message).toMatch(/^step 'chat' may cost 0\.000\d+ coins, and 0\.00004 are left/);
      expect(chat.requests).toHaveLength(before);
      expect(await fixture.run({ chat: chatStep() }, {}, budget(0.001))).toMatchObject({ status: 'completed' });
    });

    it('runs no code whose time it could not pay', async () => {
      const steps = { code: codeStep('export default () => 1') };
      const state = await fixture.run(steps, {}, { max_cost_budget: 1 });
      expect(state).toMatchObject({ status: 'failed', error_code: 'budget_exceeded', total_cost: 0 });
      expect(await fixture.run(steps, {}, { max_cost_budget: 2 })).toMatchObject({ status: 'completed' });
    });

    it('sets aside what a job may cost, and settles it with what it did cost', async () => {
      const step = jobStep({ model_requirements: { max_price: 0.4 } });
      const id = await fixture.start(await fixture.workflow({ job: step }), budget(0.5));
      const { step_states: states } = await fixture.until(id, ({ status }) => status === 'waiting');
      expect(await costOfExecution(id)).toMatchObject({ total_cost: 0, reserved_cost: 0.4, budget: 0.5 });
      fixture.jobs.end(states['job']?.job_id ?? '', PAID_JOB);
      await fixture.until(id);
      expect(await costOfExecution(id)).toMatchObject({ total_cost: 0.25, reserved_cost: 0 });
    });

    it('ends when more was used than could be foreseen', async () => {
      replies({
        status: 200,
        body: { choices: [{ message: { content: 'x' } }], usage: { prompt_tokens: 1, completion_tokens: 1_000 } },
      });
      const state = await fixture.run(
        { chat: chatStep(), then: dataStep('1') },
        { dependencies: { then: ['chat'] } },
        budget(0.001),
      );
      expect(state).toMatchObject({ status: 'failed', error_code: 'budget_exceeded', total_cost: 0.0040015 });
    });

    it('lets go of what was set aside when the execution ends', async () => {
      const step = jobStep({ model_requirements: { max_price: 0.4 } });
      const id = await fixture.start(await fixture.workflow({ job: step }), budget(0.5));
      await fixture.until(id, ({ status }) => status === 'waiting');
      await fixture.post(`/executions/${id}/cancel`).expect(200);
      expect(await costOfExecution(id)).toMatchObject({ status: 'cancelled', total_cost: 0, reserved_cost: 0 });
      await waitFor(() => fixture.jobs.stateOf(fixture.jobs.submissions.at(-1)?.jobId ?? '') === 'CANCELED');
    });
  });

  it('is shown to its owner and to admins only', async () => {
    const { execution_id: id } = await fixture.run({ one: dataStep('1') });
    await fixture.get(`/executions/${id}/cost`, 'root').expect(200);
    await fixture.get(`/executions/${id}/cost`, 'bob').expect(404);
    await fixture.get('/executions/exec_none/cost').expect(404);
  });
});
