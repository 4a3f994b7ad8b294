import { Agent, get, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createTestApp, TestApp } from '../testing/http-test-app';
import { waitFor } from '../testing/wait-for';
import { HttpServer } from './http-server';
import { signalOf } from './request-scope';

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

async function fetchWith(agent: Agent, url: string): Promise<Answer> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, connection: response.headers.connection, body };
}

/** An app whose `/wait` answers when told to, or early when its signal fires. */
class Service {
  readonly waiting: (() => void)[] = [];
  readonly aborted: unknown[] = [];
  readonly test: TestApp = createTestApp((app) => {
    app.get('/now', (_req, res) => void res.json('now'));
    app.get('/wait', (req, res) => {
      this.waiting.push(() => res.json('late'));
      signalOf(req).addEventListener('abort', () => this.aborted.push(signalOf(req).reason));
    });
    app.get('/poll', (req, res) => {
      this.waiting.push(() => undefined);
      signalOf(req).addEventListener('abort', () => res.json('early'));
    });
  });
  readonly agent = new Agent({ keepAlive: true });
  readonly server: HttpServer;
  url = '';

  constructor(drainDelayMs: number, closeTimeoutMs?: number) {
    const { app, state, logger } = this.test;
    this.server = new HttpServer({ app, state, logger, drainDelayMs, ...(closeTimeoutMs ? { closeTimeoutMs } : {}) });
  }

  get(path: string): Promise<Answer> {
    return fetchWith(this.agent, this.url + path);
  }
}

describe('HttpServer', () => {
  let service: Service;
  async function start(drainDelayMs: number, closeTimeoutMs?: number): Promise<void> {
    service = new Service(drainDelayMs, closeTimeoutMs);
    service.url = await service.server.start('127.0.0.1', 0);
  }

  async function refusesConnections(): Promise<void> {
    const refused = ({ code }: NodeJS.ErrnoException) => code === 'ECONNREFUSED';
    await waitFor(() => fetchWith(new Agent(), `${service.url}/now`).then(() => false, refused));
  }

  afterEach(async () => {
    await service.server.stop();
    service.agent.destroy();
  });

  it('takes a free port, becomes ready and says where it listens', async () => {
    await start(0);
    expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(service.test.lines[0]).toMatchObject({ level: 'info', event: 'listening', url: service.url });
    expect((await service.get('/ready')).status).toBe(200);
  });

  it('rejects when the port is taken', async () => {
    await start(0);
    const other = new Service(0);
    await expect(other.server.start('127.0.0.1', Number(new URL(service.url).port))).rejects.toThrow(/EADDRINUSE/);
    await other.server.stop();
  });

  it('keeps connections alive until it drains, then answers on with Connection: close and readiness 503', async () => {
    await start(1);
    expect((await service.get('/now')).connection).toBe('keep-alive');
    service.test.state.startDraining();
    const answer = await service.get('/now');
    expect([answer.status, answer.connection]).toEqual([200, 'close']);
    const ready = await service.get('/ready');
    expect([ready.status, (JSON.parse(ready.body) as { code: string }).code]).toEqual([503, 'draining']);
    expect((await service.get('/health')).status).toBe(200);
  });

  it('finishes requests in flight, telling their clients to close, before it stops', async () => {
    await start(0);
    const late = service.get('/wait');
    await waitFor(() => service.waiting[0]);
    const stopped = service.server.stop();
    await refusesConnections();
    service.waiting[0]?.();
    expect(await late).toMatchObject({ status: 200, connection: 'close', body: '"late"' });
    await stopped;
  });

  it('answers a request that comes on a kept connection just after the socket is closed', async () => {
    await start(0);
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1').setEncoding('utf8');
    socket.write('GET /now HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/Connection: keep-alive\r\n[^]*"now"/)]);
    const stopped = service.server.stop();
    await refusesConnections();
    socket.write('GET /now HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await once(socket, 'data')).toEqual([expect.stringMatching(/Connection: close\r\n[^]*"now"/)]);
    await stopped;
  });

  it('fires the signal of waiting requests when it drains, so that long polls end early', async () => {
    await start(0);
    const poll = service.get('/poll');
    await waitFor(() => service.waiting[0]);
    await service.server.stop();
    expect(await poll).toMatchObject({ status: 200, connection: 'close', body: '"early"' });
  });

  it('fires the signal when the client goes away, and logs 499', async () => {
    await start(0);
    const request = get(`${service.url}/wait`);
    request.on('error', () => undefined);
    await waitFor(() => service.waiting[0]);
    request.destroy();
    await waitFor(() => service.aborted[0]);
    expect(service.aborted[0]).toEqual(new Error('the client went away'));
    await waitFor(() => service.test.lines.find((line) => line.status === 499));
  });

  it('cuts what still hangs after the close time-out', async () => {
    await start(0, 50);
    const hanging = service.get('/wait');
    const cut = expect(hanging).rejects.toThrow(/socket hang up|ECONNRESET/);
    await waitFor(() => service.waiting[0]);
    await service.server.stop();
    await cut;
    expect(service.test.lines).toContainEqual(expect.objectContaining({ event: 'drain_timeout' }));
  });
});
