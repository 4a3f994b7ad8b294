import { once } from 'node:events';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { waitFor } from '@aitbc/shared-core/testing';
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
/** Longer than any stall of the machine: it passes when a test says so. */
const BREAKER_OPEN_MS = 60_000;
let agents: TestServer;
let proxy: ProxyBench;
/** What the service does with a request. */
let listener: (req: IncomingMessage, res: ServerResponse) => void;

beforeEach(async () => {
  listener = (_req, res) => void res.end('ok');
  agents = await serve((req, res) => listener(req, res));
  proxy = await serveProxy(agents.url, { breakerOpenMs: BREAKER_OPEN_MS });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await proxy.close();
  await agents.close();
});

const outcomes = (outcome: string) => proxy.metric(`aitbc_agent_proxy_requests_total{outcome="${outcome}"}`);
const send = (method = 'GET', path = PATH) => ask(proxy.url, path, { method });
const statuses = async (times: number) => {
  const all: number[] = [];
  for (let n = 0; n < times; n += 1) all.push((await send()).status);
  return all;
};
/** The clock goes that far ahead. */
const later = (ms: number) => {
  const now = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
};
const logged = () =>
  proxy.lines.filter(({ event }) => String(event).startsWith('agent_proxy')).map(({ event }) => event);

describe('an answer that breaks off', () => {
  it.each([
    ['of known length', { 'content-length': '100' }],
    ['of unknown length', {}],
    ['of events', { 'content-type': 'text/event-stream' }],
  ])('is no whole answer to the client either (%s)', async (_name, headers) => {
    listener = (_req, res) => res.writeHead(200, headers).write('data: half', () => res.socket?.resetAndDestroy());
    const message = await headOf(start(proxy.url, PATH).end());
    await expect(text(message)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(message.complete).toBe(false);
    await waitFor(async () => (await outcomes('cut')) === '1');
  });
});

describe('a client that leaves', () => {
  it.each([
    ['before the answer', false, 'GET'],
    ['in the middle of the answer', true, 'GET'],
    ['in the middle of its own body', false, 'POST'],
  ])('ends its request at the service (%s)', async (_name, isAnswered, method) => {
    let left = false;
    const arrived = new Promise<void>((resolve) => {
      listener = (_req, res) => {
        res.once('close', () => (left = true));
        if (isAnswered) res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
        resolve();
      };
    });
    const request = start(proxy.url, PATH, { method }).on('error', () => undefined);
    if (method === 'POST') request.write('half');
    else request.end();
    await arrived;
    if (isAnswered) await nextChunk(await headOf(request));
    request.destroy();
    await waitFor(() => left);
    await waitFor(async () => (await outcomes('client_gone')) === '1');
    // Nobody has failed: the circuit stays closed, however many leave.
    expect(await proxy.metric('aitbc_agent_proxy_circuit_open')).toBe('0');
    expect(logged()).toEqual([]);
  });

  it('without reading holds the service back', async () => {
    let sent = 0;
    listener = (_req, res) => {
      const write = (): void => {
        while (!res.destroyed && sent < 1_000 && res.write(Buffer.alloc(1024 * 1024))) sent += 1;
      };
      res.on('drain', () => {
        sent += 1;
        write();
      });
      write();
    };
    const message = await headOf(start(proxy.url, PATH).end());
    let before = -1;
    await waitFor(
      () => {
        const isStuck = before === sent;
        before = sent;
        return isStuck;
      },
      { everyMs: 300 },
    );
    expect(sent).toBeLessThan(64);
    message.destroy();
  });
});

describe('a kept connection', () => {
  /** The service closes a connection at its second request, as it does when it had decided so before the request came. */
  function closesKept(): void {
    listener = (req, res) => {
      const count = (seen.get(req.socket) ?? 0) + 1;
      seen.set(req.socket, count);
      if (count > 1) req.socket.resetAndDestroy();
      else res.end('ok');
    };
  }
  const seen = new WeakMap<object, number>();

  it('is used again by reads', async () => {
    await send();
    await send();
    expect(new Set(agents.asked.map(({ socket }) => socket)).size).toBe(1);
  });

  it('that turns out closed costs a read nothing but a second try', async () => {
    closesKept();
    expect(await statuses(4)).toEqual([200, 200, 200, 200]);
    expect(agents.asked.length).toBeGreaterThan(4);
    expect(logged()).toEqual([]);
  });

  it.each(['POST', 'DELETE'])('is nothing for what must not be sent twice (%s)', async (method) => {
    closesKept();
    await send();
    for (let n = 0; n < 3; n += 1) expect((await send(method)).status).toBe(200);
    expect(agents.asked.filter((request) => request.method === method)).toHaveLength(3);
  });

  it('is not tried again when it was a new one, and nothing is sent twice', async () => {
    listener = (req) => void req.socket.resetAndDestroy();
    const { status, message } = await send('POST');
    expect([status, message.headers['retry-after'], agents.asked.length]).toEqual([503, '1', 1]);
  });
});

describe('a service that does not answer', () => {
  it('is asked no more after three failures, until it answers a probe', async () => {
    await send();
    const port = Number(new URL(agents.url).port);
    await agents.close();
    expect(await statuses(3)).toEqual([503, 503, 503]);
    agents = await serve((req, res) => listener(req, res), port);
    const { status, message, body } = await send();
    expect([status, message.headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(body)).toMatchObject({ code: 'dependency_unavailable' });
    expect([agents.asked.length, await proxy.metric('aitbc_agent_proxy_circuit_open')]).toEqual([0, '1']);
    later(BREAKER_OPEN_MS);
    expect((await send()).status).toBe(200);
    expect(agents.asked.map(({ url }) => url)).toEqual(['/health', PATH]);
    expect(await proxy.metric('aitbc_agent_proxy_circuit_open')).toBe('0');
    expect(await outcomes('unavailable')).toBe('3');
    expect(Number(await outcomes('refused'))).toBeGreaterThan(0);
    expect(logged()).toEqual(['agent_proxy_away', 'agent_proxy_back']);
    expect(proxy.lines.filter(({ event }) => event === 'request_failed')).toEqual([]);
  });

  it('is given the time that a request may be held, and no more', async () => {
    await proxy.close();
    proxy = await serveProxy(agents.url, { marginMs: 200 });
    listener = () => undefined;
    expect((await send()).status).toBe(503);
    const held = start(proxy.url, `${PATH}?wait=60`).end();
    listener = (_req, res) => void setTimeout(() => res.end('late'), 400);
    const late = await ask(proxy.url, `${PATH}?wait=30`);
    expect([late.status, late.body]).toEqual([200, 'late']);
    expect(held.destroy().destroyed).toBe(true);
    held.on('error', () => undefined);
  });

  it('but with errors is one that answers', async () => {
    listener = (_req, res) => void res.writeHead(500).end();
    expect(await statuses(5)).toEqual([500, 500, 500, 500, 500]);
    expect(await proxy.metric('aitbc_agent_proxy_circuit_open')).toBe('0');
  });

  it('leaves the connection to the client usable, with the rest of a body on it', async () => {
    listener = (req) => void req.socket.resetAndDestroy();
    const agent = new Agent({ keepAlive: true });
    const request = start(proxy.url, PATH, { method: 'POST', agent });
    request.write(Buffer.alloc(256 * 1024));
    const message = await headOf(request);
    expect(message.statusCode).toBe(503);
    request.end(Buffer.alloc(1024 * 1024));
    await Promise.all([once(request, 'finish'), text(message)]);
    listener = (_req, res) => void res.end('ok');
    const next = start(proxy.url, PATH, { agent }).end();
    expect([(await headOf(next)).statusCode, next.reusedSocket]).toEqual([200, true]);
    agent.destroy();
  });

  it('is waited for while it restarts, since nothing has been sent to it', async () => {
    const patient = await serveProxy(agents.url, { restartMs: 10_000 });
    const port = Number(new URL(agents.url).port);
    await agents.close();
    const answer = ask(patient.url, PATH, { method: 'POST' }, 'body');
    const bodies: Promise<string>[] = [];
    listener = (req, res) => {
      bodies.push(text(req));
      res.end('ok');
    };
    // A connection to the proxy's port that comes later shows that the first one has been taken up.
    await ask(patient.url, '/health');
    agents = await serve((req, res) => listener(req, res), port);
    expect((await answer).status).toBe(200);
    expect(await Promise.all(bodies)).toEqual(['body']);
    await patient.close();
  });
});

describe('a coordinator that stops', () => {
  it('ends streams of events, whose readers go on elsewhere', async () => {
    let left = false;
    listener = (_req, res) => {
      res.once('close', () => (left = true));
      res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' }).write('id: 1\n\n');
    };
    const message = await headOf(start(proxy.url, PATH).end());
    await nextChunk(message);
    proxy.state.startDraining();
    expect(await text(message)).toBe('');
    expect(message.complete).toBe(true);
    await waitFor(() => left);
  });

  it('asks a long poll again for the present state', async () => {
    listener = (req, res) => {
      if (req.url?.includes('wait=0')) res.end('now');
      else arrived();
    };
    let arrived = (): void => undefined;
    const held = new Promise<void>((resolve) => (arrived = resolve));
    const answer = ask(proxy.url, `${PATH}?a=%20&wait=60&since=4`);
    await held;
    proxy.state.startDraining();
    const { status, body, message } = await answer;
    expect([status, body, message.headers.connection]).toEqual([200, 'now', 'close']);
    expect(agents.asked.at(-1)?.url).toBe(`${PATH}?a=%20&wait=0&since=4`);
    expect((await ask(proxy.url, `${PATH}?wait=60`)).body).toBe('now');
  });

  it('lets other requests end', async () => {
    let release = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      listener = (_req, res) => {
        release = () => void res.end('done');
        resolve();
      };
    });
    const answer = ask(proxy.url, `${PATH}?wait=60`, { method: 'POST' });
    await arrived;
    proxy.state.startDraining();
    release();
    expect((await answer).body).toBe('done');
  });
});
