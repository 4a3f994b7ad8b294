import { BadJobRequest } from '../executors/executor';
import { type ChatServer, startChatServer } from '../testing/chat-server';
import { jobContext } from '../testing/job-context';
import { ChatEndpoint } from './chat-endpoint';
import { LlmInferenceExecutor } from './llm-inference.executor';

describe('LlmInferenceExecutor', () => {
  let server: ChatServer;

  beforeEach(async () => {
    server = await startChatServer(['tiny-llm']);
  });

  afterEach(() => server.close());

  function endpoint(overrides: { timeoutMs?: number; attempts?: number } = {}): ChatEndpoint {
    return new ChatEndpoint({
      baseUrl: server.url,
      apiKey: 'endpoint-key',
      timeoutMs: 5000,
      attempts: 3,
      retryDelayMs: 5,
      ...overrides,
    });
  }

  function executor(overrides: { timeoutMs?: number; attempts?: number } = {}): LlmInferenceExecutor {
    return new LlmInferenceExecutor(endpoint(overrides), ['tiny-llm']);
  }

  it('lists the models of the endpoint', async () => {
    expect(await endpoint().models(new AbortController().signal)).toEqual(['tiny-llm']);
  });

  it('knows an endpoint without a list of models from one that does not answer', async () => {
    server.answerModels(404);
    expect(await endpoint().models(new AbortController().signal)).toBeUndefined();
    server.answerModels(500);
    await expect(endpoint().models(new AbortController().signal)).rejects.toThrow('500');
  });

  it('sends the parameters under the names of the protocol and gives text and usage back', async () => {
    const request = {
      model: 'tiny-llm',
      prompt: 'Say hello',
      max_tokens: 7,
      temperature: 0,
      top_k: 5,
      stop_sequences: ['.'],
    };
    const outcome = await executor().run(request, jobContext());
    expect(server.requests).toEqual([
      {
        authorization: 'Bearer endpoint-key',
        body: {
          model: 'tiny-llm',
          messages: [{ role: 'user', content: 'Say hello' }],
          max_tokens: 7,
          temperature: 0,
          top_p: 1,
          top_k: 5,
          stop: ['.'],
          stream: false,
        },
      },
    ]);
    expect(outcome).toEqual({
      result: {
        model: 'tiny-llm',
        text: 'olleh yaS',
        finish_reason: 'stop',
        usage: { prompt_tokens: 2, completion_tokens: 2 },
      },
      metrics: { prompt_tokens: 2, completion_tokens: 2 },
    });
  });

  it.each([429, 500, 503])('tries again after %i', async (status) => {
    server.failNext(status, status);
    await executor().run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    expect(server.requests).toHaveLength(3);
  });

  it('gives up after the last try with a retryable error that names the status', async () => {
    server.failNext(503, 503, 503);
    const run = executor().run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    await expect(run).rejects.toThrow('answered 503');
    await expect(run).rejects.not.toBeInstanceOf(BadJobRequest);
  });

  it.each([400, 404, 422])('takes %i for a bad request and does not try again', async (status) => {
    server.failNext(status);
    await expect(executor().run({ model: 'tiny-llm', prompt: 'a' }, jobContext())).rejects.toThrow(BadJobRequest);
    expect(server.requests).toHaveLength(1);
  });

  it('does not blame the client for a key that the endpoint refuses', async () => {
    server.failNext(401);
    const run = executor().run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    await expect(run).rejects.not.toBeInstanceOf(BadJobRequest);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['a model that is not offered', { model: 'other', prompt: 'a' }],
    ['a prompt over 10,000 characters', { model: 'tiny-llm', prompt: 'a'.repeat(10_001) }],
    ['a temperature over 2', { model: 'tiny-llm', prompt: 'a', temperature: 3 }],
  ])('refuses %s before it asks the endpoint', async (_, request) => {
    await expect(executor().run(request, jobContext())).rejects.toThrow(BadJobRequest);
    expect(server.requests).toHaveLength(0);
  });

  it('ends a hanging try by its time-out', async () => {
    server.hang();
    const run = executor({ timeoutMs: 50, attempts: 2 }).run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    await expect(run).rejects.toThrow('the inference endpoint failed');
    expect(server.requests).toHaveLength(2);
  });

  it('ends at once when the job is cancelled', async () => {
    server.hang();
    const controller = new AbortController();
    const run = executor().run({ model: 'tiny-llm', prompt: 'a' }, jobContext({ signal: controller.signal }));
    await server.received(1);
    controller.abort(new Error('cancelled'));
    await expect(run).rejects.toThrow('cancelled');
    expect(server.requests).toHaveLength(1);
  });
});
