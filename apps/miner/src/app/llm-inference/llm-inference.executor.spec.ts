import { BadJobRequest, type ServiceRequest } from '../executors/executor';
import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { jobContext } from '../testing/job-context';
import { ChatEndpoint } from '@aitbc/inference-client';
import { LlmInferenceExecutor } from './llm-inference.executor';

describe('LlmInferenceExecutor', () => {
  let server: ChatServer;

  beforeEach(async () => {
    server = await startChatServer(['tiny-llm']);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    return server.close();
  });

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

  async function run(request: ServiceRequest, context = jobContext(), overrides = {}) {
    const executor = new LlmInferenceExecutor(endpoint(overrides), ['tiny-llm']);
    await executor.probe();
    return executor.run(request, context);
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

  it('offers what both the operator allows and the endpoint has', async () => {
    await expect(new LlmInferenceExecutor(endpoint(), ['tiny-llm', 'other']).probe()).resolves.toEqual(['tiny-llm']);
    await expect(new LlmInferenceExecutor(endpoint(), undefined).probe()).resolves.toEqual(['tiny-llm']);
    await expect(new LlmInferenceExecutor(endpoint(), ['other']).probe()).rejects.toThrow('none of the wanted models');
  });

  it('believes the operator where the endpoint keeps no list, but offers nothing where it is down', async () => {
    server.answerModels(404);
    await expect(new LlmInferenceExecutor(endpoint(), ['other']).probe()).resolves.toEqual(['other']);
    await expect(new LlmInferenceExecutor(endpoint(), undefined).probe()).rejects.toThrow('none of the wanted models');
    await server.close();
    await expect(new LlmInferenceExecutor(endpoint(), ['other']).probe()).rejects.toThrow();
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
    const outcome = await run(request, jobContext());
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

  it('passes each piece on when the client wants a stream, and gives the whole as its result', async () => {
    const pieces: string[] = [];
    const request = { model: 'tiny-llm', prompt: 'three two one', stream: true };
    const { result } = await run(request, jobContext({ emit: (text) => pieces.push(text) }));
    expect(pieces).toEqual(['eno', ' owt', ' eerht']);
    const usage = { prompt_tokens: 3, completion_tokens: 3 };
    expect(result).toEqual({ model: 'tiny-llm', text: 'eno owt eerht', finish_reason: 'stop', usage });
  });

  it('fails in a way that another try may mend when the endpoint breaks off', async () => {
    server.streamNext((response) => response.end('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'));
    const running = run({ model: 'tiny-llm', prompt: 'a', stream: true });
    await expect(running).rejects.toThrow('ended before the text was complete');
    await expect(running).rejects.not.toBeInstanceOf(BadJobRequest);
  });

  it.each([429, 500, 503])('tries again after %i', async (status) => {
    server.failNext(status, status);
    await run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    expect(server.requests).toHaveLength(3);
  });

  it('gives up after the last try with a retryable error that names the status', async () => {
    server.failNext(503, 503, 503);
    const running = run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    await expect(running).rejects.toThrow('answered 503');
    await expect(running).rejects.not.toBeInstanceOf(BadJobRequest);
  });

  it.each([400, 404, 422])('takes %i for a bad request and does not try again', async (status) => {
    server.failNext(status);
    await expect(run({ model: 'tiny-llm', prompt: 'a' }, jobContext())).rejects.toThrow(BadJobRequest);
    expect(server.requests).toHaveLength(1);
  });

  it('does not blame the client for a key that the endpoint refuses', async () => {
    server.failNext(401);
    const running = run({ model: 'tiny-llm', prompt: 'a' }, jobContext());
    await expect(running).rejects.not.toBeInstanceOf(BadJobRequest);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['a model that is not offered', { model: 'other', prompt: 'a' }],
    ['a prompt over 10,000 characters', { model: 'tiny-llm', prompt: 'a'.repeat(10_001) }],
    ['a temperature over 2', { model: 'tiny-llm', prompt: 'a', temperature: 3 }],
  ])('refuses %s before it asks the endpoint', async (_, request) => {
    await expect(run(request, jobContext())).rejects.toThrow(BadJobRequest);
    expect(server.requests).toHaveLength(0);
  });

  it('ends a hanging try by its time-out', async () => {
    const limits: AbortController[] = [];
    // They pass when the test says so: a busy machine could need them for the requests themselves.
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const limit = new AbortController();
      limits.push(limit);
      return limit.signal;
    });
    server.hang();
    const running = run({ model: 'tiny-llm', prompt: 'a' }, jobContext(), { timeoutMs: 50, attempts: 2 });
    const failed = expect(running).rejects.toThrow('the inference endpoint failed');
    for (const attempt of [1, 2]) {
      await server.received(attempt);
      limits.at(-1)?.abort(new DOMException('too late', 'TimeoutError'));
    }
    await failed;
    expect(timeout).toHaveBeenLastCalledWith(50);
    expect(server.requests).toHaveLength(2);
  });

  it('ends at once when the job is cancelled', async () => {
    server.hang();
    const controller = new AbortController();
    const running = run({ model: 'tiny-llm', prompt: 'a' }, jobContext({ signal: controller.signal }));
    await server.received(1);
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
    expect(server.requests).toHaveLength(1);
  });
});
