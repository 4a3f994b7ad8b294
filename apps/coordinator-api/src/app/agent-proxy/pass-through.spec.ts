import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { newId } from '@aitbc/shared-core';
import {
  ask,
  headOf,
  nextChunk,
  type ProxyBench,
  serve,
  serveProxy,
  start,
  type TestServer,
} from './testing/proxy-bench';

const PATH = '/api/v1/agent/things';
let agents: TestServer;
let proxy: ProxyBench;
let bodies: string[];

beforeEach(async () => {
  bodies = [];
  agents = await serve((req, res) => {
    void text(req).then((body) => {
      bodies.push(body);
      res.end('ok');
    });
  });
  proxy = await serveProxy(agents.url);
});
afterEach(async () => {
  await proxy.close();
  await agents.close();
});

/** What the service answers from now on. */
const answers = (listener: Parameters<typeof serve>[0]) => {
  agents.server.removeAllListeners('request').on('request', listener);
};
const asked = () => agents.asked.at(-1);

describe('a request that is passed on', () => {
  it('arrives with its method, path and query byte for byte', async () => {
    const target = `${PATH}/a%2Fb/../c;d?x=%zz&&y=a+b&z`;
    await ask(proxy.url, target, { method: 'PATCH' });
    expect([asked()?.method, asked()?.url]).toEqual(['PATCH', target]);
  });

  it('keeps to its prefix', async () => {
    expect((await ask(proxy.url, '/api/v1/agents')).status).toBe(404);
    expect((await ask(proxy.url, '/api/v1/agent')).status).toBe(200);
    expect(agents.asked).toHaveLength(1);
  });

  it('has its headers, but those of its connection', async () => {
    const headers = {
      ...{ 'X-Api-Key': 'k', 'X-Many': ['1', '2'], Host: 'api.test', TE: 'trailers', 'Keep-Alive': 'x' },
      ...{ Connection: 'close, X-Private, Content-Length', 'X-Private': 'p', 'Content-Length': '4' },
    };
    await ask(proxy.url, PATH, { method: 'POST', headers }, 'body');
    expect(bodies).toEqual(['body']);
    const lines = asked()?.rawHeaders ?? [];
    expect(lines.filter((name) => name === 'X-Many')).toHaveLength(2);
    expect(asked()?.headers).toMatchObject({ 'x-api-key': 'k', host: 'api.test', 'content-length': '4' });
    for (const name of ['x-private', 'te', 'keep-alive']) expect(asked()?.headers).not.toHaveProperty(name);
  });

  it('says where it has been, whose it is and what it is a part of', async () => {
    const id = newId('req');
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = {
      via: '1.0 edge',
      'x-forwarded-for': '203.0.113.9',
      'x-request-id': id,
      traceparent,
      host: 'a.test',
    };
    const { message } = await ask(proxy.url, PATH, { headers });
    expect(asked()?.headers).toMatchObject({
      via: '1.0 edge, 1.1 aitbc-coordinator',
      'x-forwarded-for': '203.0.113.9, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'a.test',
      'x-request-id': id,
      traceparent,
    });
    expect(message.headers['x-request-id']).toBe(id);
  });

  it('gets neither a body nor a length that it has not had', async () => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    await text(socket);
    expect(asked()?.headers).not.toHaveProperty('content-length');
    expect(asked()?.headers).not.toHaveProperty('transfer-encoding');
  });

  it('streams its body, whose length nobody knows yet', async () => {
    answers((req, res) => req.once('data', (first: Buffer) => res.end(first)));
    const request = start(proxy.url, PATH, { method: 'POST' });
    request.write('first');
    expect(await text(await headOf(request))).toBe('first');
    request.end();
  });

  it('does not hang on Expect: 100-continue', async () => {
    const request = start(proxy.url, PATH, {
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 4 },
    });
    await once(
      request.on('error', () => undefined),
      'continue',
    );
    request.end('body');
    expect((await headOf(request)).statusCode).toBe(200);
    expect([bodies, asked()?.headers.expect]).toEqual([['body'], undefined]);
  });

  it('is counted and logged by one pattern', async () => {
    await ask(proxy.url, `${PATH}/1?secret=x`);
    const line = proxy.lines.find(({ event }) => event === 'request');
    expect(line).toMatchObject({ route: '/api/v1/agent/*', status: 200 });
    const labels = 'method="GET",route="/api/v1/agent/*",status="200"';
    expect(await proxy.metric(`aitbc_http_request_duration_seconds_count{${labels}}`)).toBe('1');
    expect(await proxy.metric('aitbc_agent_proxy_requests_total{outcome="answered"}')).toBe('1');
  });

  it('waits where the service does not read, and is not kept in memory', async () => {
    answers(() => undefined);
    const request = start(proxy.url, PATH, { method: 'POST' });
    request.on('error', () => undefined);
    const piece = Buffer.alloc(1024 * 1024);
    const written = await writtenUntilStuck(request, piece);
    // What the sockets of both hops hold, and no more.
    expect(written).toBeLessThan(64);
    request.destroy();
  });
});

describe('an answer that is passed back', () => {
  it('has status, words and headers as the service has sent them', async () => {
    answers((_req, res) => {
      res.writeHead(418, 'Short and stout', {
        ...{ 'Set-Cookie': ['a=1', 'b=2'], 'X-Request-Id': 'theirs', 'X-Frame-Options': 'DENY', ETag: '"1"' },
        ...{ Connection: 'close, X-Hop', 'X-Hop': '1' },
      });
      res.end('tea');
    });
    const { message, body } = await ask(proxy.url, PATH);
    expect([message.statusCode, message.statusMessage, body]).toEqual([418, 'Short and stout', 'tea']);
    expect(message.headers).toMatchObject({
      'set-cookie': ['a=1', 'b=2'],
      'x-request-id': 'theirs',
      'x-frame-options': 'DENY',
      etag: '"1"',
    });
    expect(message.headers).not.toHaveProperty('x-hop');
  });

  it.each([
    ['HEAD', 200, { 'content-length': '10' }],
    ['GET', 204, {}],
    ['GET', 304, { etag: '"1"' }],
  ])('ends without a body where there is none (%s, %i)', async (method, status, headers) => {
    answers((_req, res) => res.writeHead(status, headers).end());
    const { message, body } = await ask(proxy.url, PATH, { method });
    expect([message.statusCode, body]).toEqual([status, '']);
    expect(message.headers).toMatchObject(headers);
    expect(message.headers).not.toHaveProperty('transfer-encoding');
  });

  it('stays compressed', async () => {
    const packed = gzipSync('plain');
    answers((_req, res) => res.setHeader('Content-Encoding', 'gzip').end(packed));
    const request = start(proxy.url, PATH, { headers: { 'accept-encoding': 'gzip' } }).end();
    const message = await headOf(request);
    const got = Buffer.concat(await message.toArray());
    expect(gunzipSync(got).toString()).toBe('plain');
  });

  it('brings each event before the next one is made', async () => {
    const events = ['data: 1\n\n', 'data: 2\n\n'];
    answers((_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      agents.server.on('next', () => res.write(events.shift() ?? ''));
    });
    const message = await headOf(start(proxy.url, PATH).end());
    for (const event of [...events]) {
      agents.server.emit('next');
      expect(await nextChunk(message)).toBe(event);
    }
    message.destroy();
  });

  it.each([
    '1.1 aitbc-coordinator',
    '1.1 edge, HTTP/1.1 AITBC-Coordinator (x)',
    '1.0 a (b, c),1.1 aitbc-coordinator,1.1 d',
  ])('is told to nobody where the way leads back (Via: %s)', async (via) => {
    const { status, body } = await ask(proxy.url, PATH, { headers: { via } });
    expect([status, JSON.parse(body)]).toEqual([508, expect.objectContaining({ code: 'loop_detected' })]);
    expect(agents.asked).toEqual([]);
  });

  it('is passed on where the name is only a part of another, or a comment', async () => {
    const via = '1.1 aitbc-coordinator-2, 1.1 edge (aitbc-coordinator)';
    expect((await ask(proxy.url, PATH, { headers: { via } })).status).toBe(200);
  });
});

/** How many pieces go into a request before nobody has taken one for some time. */
async function writtenUntilStuck(request: ReturnType<typeof start>, piece: Buffer): Promise<number> {
  for (let written = 1; ; written += 1) {
    if (request.write(piece)) continue;
    const stuck = AbortSignal.timeout(300);
    const isDrained = await once(request, 'drain', { signal: stuck }).then(
      () => true,
      () => false,
    );
    if (!isDrained || written > 200) return written;
  }
}
