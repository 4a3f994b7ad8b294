import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@aitbc/shared-core/testing';
import { ChatEndpoint, RefusedByEndpoint } from './chat-endpoint';
import { type ChatServer, startChatServer } from './testing';

const REQUEST = { model: 'tiny-llm', messages: [{ role: 'user' as const, content: 'three two one' }] };
const chunk = (content: string, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason }] })}\n\n`;

describe('a streamed completion', () => {
  let server: ChatServer;
  let pieces: string[];
  const signal = new AbortController().signal;
  beforeEach(async () => {
    server = await startChatServer(['tiny-llm']);
    pieces = [];
  });
  afterEach(() => server.close());

  const endpoint = (timeoutMs = 5_000) =>
    new ChatEndpoint({ baseUrl: server.url, apiKey: undefined, attempts: 3, retryDelayMs: 1, timeoutMs });
  const ask = (by = endpoint(), until = signal) => by.stream(REQUEST, until, (text) => pieces.push(text));
  const answerWith = (write: (response: ServerResponse) => void) => server.streamNext(write);

  it('gives the text word by word, and at last what the endpoint counted', async () => {
    const completion = await ask();
    expect(pieces).toEqual(['eno', ' owt', ' eerht']);
    const usage = { promptTokens: 3, completionTokens: 3 };
    const wasted = { promptTokens: 0, completionTokens: 0 };
    expect(completion).toEqual({ text: 'eno owt eerht', finishReason: 'stop', model: 'tiny-llm', ...usage, wasted });
    expect(server.requests[0]?.body).toEqual({ ...REQUEST, stream: true, stream_options: { include_usage: true } });
  });

  it('gives a word before the endpoint has made the next one', async () => {
    // The endpoint goes on only when the word before has arrived: with an answer held back, both would wait in vain.
    server.beforeToken = (number) => waitFor(() => pieces.length === number - 1).then(() => undefined);
    expect((await ask()).text).toBe('eno owt eerht');
    expect(pieces).toHaveLength(3);
  });

  it('is put together wherever it was cut, in the middle of a character too', async () => {
    answerWith((response) => {
      const bytes = Buffer.from(`: hello\r\n\r\n${chunk('é')}${chunk('🌊!', 'stop')}data: [DONE]\n\n`);
      response.socket?.setNoDelay(true);
      for (const byte of bytes) response.write(Uint8Array.of(byte));
      response.end();
    });
    expect((await ask()).text).toBe('é🌊!');
    expect(pieces).toEqual(['é', '🌊!']);
  });

  it('may end without the last event when the text is complete', async () => {
    answerWith((response) => response.end(chunk('all', 'length')));
    expect(await ask()).toMatchObject({ text: 'all', finishReason: 'length', completionTokens: undefined });
  });

  it.each([
    [
      'reports an error',
      (response: ServerResponse) => response.end(`${chunk('a')}data: {"error":{"message":"no VRAM"}}\n\n`),
    ],
    ['ends too early', (response: ServerResponse) => response.end(chunk('a'))],
    ['loses the connection', (response: ServerResponse) => response.write(chunk('a'), () => response.destroy())],
    ['sends no JSON', (response: ServerResponse) => response.end(`${chunk('a')}data: oops\n\n`)],
  ])('fails, and is not begun anew, when after its first piece the endpoint %s', async (_what, write) => {
    answerWith((response) => void write(response));
    await expect(ask()).rejects.toThrow('the inference endpoint failed');
    expect(pieces).toEqual(['a']);
    expect(server.requests).toHaveLength(1);
  });

  it('is tried again as long as nothing has come', async () => {
    server.failNext(503);
    answerWith((response) => response.end('data: {"error":{"message":"loading"}}\n\n'));
    expect((await ask()).text).toBe('eno owt eerht');
    expect(server.requests).toHaveLength(3);
  });

  it('is not tried again when the request is refused', async () => {
    server.failNext(422);
    await expect(ask()).rejects.toThrow(RefusedByEndpoint);
    expect(server.requests).toHaveLength(1);
  });

  it('is one piece from an endpoint that cannot stream', async () => {
    server.cannotStream();
    expect((await ask()).text).toBe('eno owt eerht');
    expect(pieces).toEqual(['eno owt eerht']);
  });

  it('is given up when the endpoint falls silent, but not for being long', async () => {
    // Pauses that are far shorter than the limit, and together longer.
    server.beforeToken = (number) => delay(number < 31 ? 100 : 60_000, undefined, { ref: false });
    const words = Array.from({ length: 31 }, () => 'a').join(' ');
    const request = { ...REQUEST, messages: [{ role: 'user' as const, content: words }] };
    const asked = endpoint(2_500).stream(request, signal, (text) => pieces.push(text));
    await expect(asked).rejects.toThrow('silent for 2500 ms');
    expect(pieces).toEqual(['a', ...Array.from({ length: 29 }, () => ' a')]);
  });

  it('is left at once when the caller gives up', async () => {
    const controller = new AbortController();
    let closed = false;
    answerWith((response) => {
      response.once('close', () => (closed = true));
      response.write(chunk('a'));
    });
    const asked = endpoint().stream(REQUEST, controller.signal, () => controller.abort(new Error('no longer needed')));
    await expect(asked).rejects.toThrow('no longer needed');
    await waitFor(() => closed);
  });
});
