import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import express, { type RequestHandler } from 'express';
import { waitFor } from '../testing/wait-for';
import { EventStream, lastEventIdOf } from './event-stream';

describe('an event stream', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** Opens the answer of `handler`, of which nothing is read yet. */
  async function opened(handler: RequestHandler): Promise<IncomingMessage> {
    server = createServer(express().get('/', handler)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const [response] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [IncomingMessage];
    return response;
  }

  async function textOf(response: IncomingMessage): Promise<string> {
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
    return text;
  }

  it('is written as the standard has it, and nobody on the way keeps it', async () => {
    const response = await opened(async (_req, res) => {
      const stream = EventStream.open(res);
      await stream.send({ event: 'token', id: 1, data: { text: 'a\nb' } });
      await stream.keepAlive();
      await stream.send({ event: 'done', data: null });
      stream.end();
    });
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(await textOf(response)).toBe(
      'event: token\nid: 1\ndata: {"text":"a\\nb"}\n\n: keep-alive\n\nevent: done\ndata: null\n\n',
    );
  });

  it('begins before its first event', async () => {
    let stream: EventStream | undefined;
    const response = await opened((_req, res) => void (stream = EventStream.open(res)));
    expect(response.statusCode).toBe(200);
    stream?.end();
    expect(await textOf(response)).toBe('');
  });

  it('waits for a reader that is slow, and loses nothing', async () => {
    const block = 'x'.repeat(256 * 1024);
    let sent = 0;
    const response = await opened(async (_req, res) => {
      const stream = EventStream.open(res);
      for (; sent < 200; sent += 1) await stream.send({ event: 'block', data: block });
      stream.end();
    });
    // 50 MB do not fit into the buffers of a connection: the sender stands still, and holds no more than they do.
    let before = -1;
    await waitFor(() => before === (before = sent) && sent > 0, { everyMs: 200 });
    expect(sent).toBeLessThan(200);
    expect((await textOf(response)).length).toBe(200 * (block.length + 'event: block\ndata: ""\n\n'.length));
  });

  it('cuts a reader off that takes nothing for too long', async () => {
    const block = 'x'.repeat(1024 * 1024);
    let over = false;
    await opened(async (_req, res) => {
      const stream = EventStream.open(res, { unreadLimitMs: 50 });
      while (!res.destroyed) await stream.send({ event: 'block', data: block });
      await stream.send({ event: 'to nobody', data: 1 });
      stream.end();
      over = true;
    });
    await waitFor(() => over);
  });
});

describe('the place from which a reader goes on', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['17', 17],
    ['1e3', 0],
    ['-1', 0],
    ['9'.repeat(16), 0],
  ])('by %j is %d', (header, place) => expect(lastEventIdOf(header)).toBe(place));
});
