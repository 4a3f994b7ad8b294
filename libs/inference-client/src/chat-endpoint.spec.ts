import { ChatEndpoint, RefusedByEndpoint } from './chat-endpoint';
import { type ChatServer, startChatServer } from './testing';

const REQUEST = { model: 'tiny-llm', messages: [{ role: 'user' as const, content: 'one two' }] };

describe('an OpenAI-compatible endpoint', () => {
  let server: ChatServer;
  let endpoint: ChatEndpoint;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    server = await startChatServer(['tiny-llm']);
    const options = { apiKey: 'secret', timeoutMs: 5_000, attempts: 3, retryDelayMs: 1 };
    endpoint = new ChatEndpoint({ ...options, baseUrl: server.url });
  });
  afterEach(() => server.close());

  it('gives the text with the tokens that the endpoint counted, and sends the key', async () => {
    const completion = await endpoint.complete(REQUEST, signal);
    expect(completion).toEqual({
      text: 'owt eno',
      finishReason: 'stop',
      model: 'tiny-llm',
      promptTokens: 2,
      completionTokens: 2,
    });
    expect(server.requests).toEqual([{ authorization: 'Bearer secret', body: REQUEST }]);
  });

  it('gets the idempotency key with each try', async () => {
    server.failNext(500);
    await endpoint.complete(REQUEST, signal, 'key-1');
    expect(server.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['key-1', 'key-1']);
  });

  it.each([429, 500, 503])('is asked again after a %s', async (status) => {
    server.failNext(status, status);
    expect((await endpoint.complete(REQUEST, signal)).text).toBe('owt eno');
    expect(server.requests).toHaveLength(3);
  });

  it('is given up after its attempts', async () => {
    server.failNext(500, 500, 500);
    await expect(endpoint.complete(REQUEST, signal)).rejects.toThrow('answered 500');
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    [400, RefusedByEndpoint],
    [401, Error],
  ])('is not asked again after a %s', async (status, kind) => {
    server.failNext(status);
    const asked = endpoint.complete(REQUEST, signal);
    await expect(asked).rejects.toThrow(kind);
    await expect(asked).rejects.toThrow(`answered ${status}`);
    expect(server.requests).toHaveLength(1);
  });

  it('is left at once when the caller gives up', async () => {
    server.hang();
    const controller = new AbortController();
    const asked = endpoint.complete(REQUEST, controller.signal);
    await server.received(1);
    controller.abort(new Error('no longer needed'));
    await expect(asked).rejects.toThrow('no longer needed');
  });

  it('tells its models, or that it keeps no list of them', async () => {
    expect(await endpoint.models(signal)).toEqual(['tiny-llm']);
    server.answerModels(404);
    expect(await endpoint.models(signal)).toBeUndefined();
    server.answerModels(500);
    await expect(endpoint.models(signal)).rejects.toThrow('answered 500');
  });
});
