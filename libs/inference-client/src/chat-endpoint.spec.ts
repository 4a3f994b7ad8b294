import { ChatEndpoint, EndpointFailure, RefusedByEndpoint } from './chat-endpoint';
import { type ChatReply, type ChatServer, startChatServer } from './testing';

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
      wasted: { promptTokens: 0, completionTokens: 0 },
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
    [401, EndpointFailure],
  ])('is not asked again after a %s', async (status, kind) => {
    server.failNext(status);
    const asked = endpoint.complete(REQUEST, signal);
    await expect(asked).rejects.toThrow(kind);
    await expect(asked).rejects.toThrow(`answered ${status}`);
    expect(server.requests).toHaveLength(1);
  });

  describe('whose tries use tokens for nothing', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 5 };
    const toolCall: ChatReply = { status: 200, body: { choices: [{ message: { content: null } }], usage } };
    const overloaded: ChatReply = { status: 503, body: { error: { message: 'half way' }, usage } };
    const replies = (...list: ChatReply[]) => (server.answerWith = () => list.shift());

    it('tells of them beside the answer that it gives at last', async () => {
      replies(toolCall, overloaded);
      expect(await endpoint.complete(REQUEST, signal)).toMatchObject({
        ...{ text: 'owt eno', promptTokens: 2, completionTokens: 2 },
        wasted: { promptTokens: 6, completionTokens: 10 },
      });
    });

    it('tells of them when it gives none', async () => {
      replies(overloaded, { status: 500, body: {} }, toolCall);
      const wasted = { promptTokens: 6, completionTokens: 10 };
      await expect(endpoint.complete(REQUEST, signal)).rejects.toMatchObject({ wasted });
    });

    it('tells of them when it refuses the request', async () => {
      replies(toolCall, { status: 422, body: { usage } });
      const asked = endpoint.complete(REQUEST, signal);
      await expect(asked).rejects.toThrow(RefusedByEndpoint);
      await expect(asked).rejects.toMatchObject({ wasted: { promptTokens: 6, completionTokens: 10 } });
    });
  });

  it.each([-1, 1.5, '7', null, 2_000_000_000])('does not take %j for a count of tokens', async (count) => {
    const choices = [{ message: { content: 'hi' } }];
    server.answerWith = () => ({
      status: 200,
      body: { choices, usage: { prompt_tokens: count, completion_tokens: 1 } },
    });
    const completion = await endpoint.complete(REQUEST, signal);
    expect(completion).toMatchObject({ promptTokens: undefined, completionTokens: 1 });
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
