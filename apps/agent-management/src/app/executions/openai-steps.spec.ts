import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, QUICK_RETRY } from '../testing/agent-context-fixture';

const chatStep = (changes: object = {}, model = 'tiny') => ({
  name: 'Chat',
  step_type: 'inference',
  model_requirements: { provider: 'openai', model },
  config: { parameters: { temperature: 0, max_tokens: 9 } },
  input_mappings: { prompt: 'inputs.prompt' },
  max_retries: 0,
  ...changes,
});
const PROMPT = { inputs: { prompt: 'abc' } };

describeAboveStores('steps that an OpenAI-compatible endpoint does', (engine) => {
  let server: ChatServer;
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    server = await startChatServer(['tiny']);
    const config = { INFERENCE_BASE_URL: server.url, INFERENCE_API_KEY: 'secret', INFERENCE_MODELS: ['tiny'] };
    fixture = await AgentContextFixture.open(engine, { config });
  });
  afterAll(() => Promise.all([fixture.context.stop(), server.close()]));

  it('answers with text, model and usage', async () => {
    const state = await fixture.run({ chat: chatStep() }, {}, PROMPT);
    expect(state.final_result).toEqual({
      chat: {
        text: 'cba',
        model: 'tiny',
        finish_reason: 'stop',
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      },
    });
    expect(server.requests.at(-1)).toEqual({
      authorization: 'Bearer secret',
      idempotencyKey: `${state.execution_id}:chat:1`,
      body: {
        ...{ model: 'tiny', temperature: 0, max_tokens: 9, stream: false },
        messages: [{ role: 'user', content: 'abc' }],
      },
    });
  });

  it('asks for no model that the operator does not offer', async () => {
    const before = server.requests.length;
    const state = await fixture.run({ chat: chatStep({ max_retries: 3 }, 'huge') }, {}, PROMPT);
    expect(state).toMatchObject({ error_code: 'model_not_allowed', step_states: { chat: { attempt: 1 } } });
    expect(server.requests).toHaveLength(before);
  });

  it('does not repeat a request that the endpoint refuses', async () => {
    server.failNext(400);
    const state = await fixture.run({ chat: chatStep({ max_retries: 3, retry_policy: QUICK_RETRY }) }, {}, PROMPT);
    expect(state).toMatchObject({ error_code: 'inference_refused', step_states: { chat: { attempt: 1 } } });
  });

  it('goes through when the endpoint recovers', async () => {
    server.failNext(503);
    expect(await fixture.run({ chat: chatStep() }, {}, PROMPT)).toMatchObject({ status: 'completed' });
  });

  it('needs a prompt', async () => {
    expect(await fixture.run({ chat: chatStep() })).toMatchObject({ error_code: 'bad_input' });
  });

  it('lets go of the request when the execution is cancelled', async () => {
    server.hang();
    const fetching = jest.spyOn(globalThis, 'fetch');
    const before = server.requests.length;
    const id = await fixture.start(await fixture.workflow({ chat: chatStep() }), PROMPT);
    await server.received(before + 1);
    await fixture.post(`/executions/${id}/cancel`).expect(200);
    const signal = fetching.mock.lastCall?.[1]?.signal;
    fetching.mockRestore();
    await waitFor(() => signal?.aborted);
  });
});

describeAboveStores('an endpoint that is not configured', (engine) => {
  it('fails the step with a clear error', async () => {
    const fixture = await AgentContextFixture.open(engine);
    const state = await fixture.run({ chat: chatStep() }, {}, PROMPT);
    await fixture.context.stop();
    expect(state).toMatchObject({ error_code: 'provider_not_configured' });
  });
});
