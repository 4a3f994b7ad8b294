import { withTrace } from '@aitbc/shared-core';
import { MemoryTracer } from '@aitbc/shared-core/testing';
import { ChatEndpoint } from './chat-endpoint';
import { type ChatServer, startChatServer } from './testing';

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
const REQUEST = {
  model: 'tiny-llm',
  messages: [{ role: 'user' as const, content: 'a secret' }],
  max_tokens: 5,
  temperature: 0.5,
  stop: ['x'],
};

describe('the span of a call of a model', () => {
  let server: ChatServer;
  let tracer: MemoryTracer;
  let endpoint: ChatEndpoint;
  const signal = new AbortController().signal;

  beforeEach(async () => {
    server = await startChatServer(['tiny-llm']);
    tracer = new MemoryTracer();
    const options = { apiKey: 'key', timeoutMs: 5_000, attempts: 2, retryDelayMs: 1 };
    endpoint = new ChatEndpoint({ ...options, baseUrl: server.url, tracer });
  });
  afterEach(() => server.close());

  it('tells the model, the request and the tokens, but nothing of what is said', async () => {
    await withTrace(caller, () => endpoint.complete(REQUEST, signal));
    const [sent, call] = tracer.spans;
    expect(call).toMatchObject({ name: 'chat tiny-llm', kind: 'client', parent: caller, errorType: undefined });
    expect(call?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'tiny-llm',
      'gen_ai.request.max_tokens': 5,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.stop_sequences': ['x'],
      'gen_ai.response.model': 'tiny-llm',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 2,
      'gen_ai.usage.output_tokens': 2,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(server.url).port),
    });
    expect(sent).toMatchObject({ name: 'POST /chat/completions', parent: call?.context });
    expect(server.requests[0]?.traceparent).toBe(`00-${caller.traceId}-${sent?.context.spanId}-01`);
    expect(JSON.stringify(tracer.spans)).not.toMatch(/secret|terces/);
  });

  it('is one for all tries, and for a stream', async () => {
    server.failNext(503);
    await withTrace(caller, () => endpoint.stream(REQUEST, signal, () => undefined));
    const [first, second, call] = tracer.spans;
    expect(first).toMatchObject({ errorType: '503' });
    expect(second).toMatchObject({ attributes: { 'http.request.resend_count': 1 }, parent: call?.context });
    expect(call?.attributes).toMatchObject({ 'gen_ai.request.stream': true, 'gen_ai.usage.output_tokens': 2 });
    expect(tracer.spans).toHaveLength(3);
  });

  it('fails with the call', async () => {
    server.failNext(400);
    await expect(withTrace(caller, () => endpoint.complete(REQUEST, signal))).rejects.toThrow('answered 400');
    expect(tracer.spans.at(-1)).toMatchObject({ name: 'chat tiny-llm', errorType: 'RefusedByEndpoint' });
  });

  it('is none outside of a trace', async () => {
    await endpoint.complete(REQUEST, signal);
    expect(tracer.spans).toEqual([]);
  });
});
