import { once } from 'node:events';
import { createServer, get } from 'node:http';
import request from 'supertest';
import { AppError } from '../errors/app-error';
import { currentTrace } from '../observability/tracing';
import { createTestApp, MemoryTracer, type TestApp, waitFor } from '../testing';

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;

describe('the span of a request', () => {
  let tracer: MemoryTracer;
  let api: TestApp;

  beforeEach(() => {
    tracer = new MemoryTracer();
    api = createTestApp(
      (app) => {
        app.get('/things/:id', (_req, res) => void res.json(currentTrace()));
        app.get('/hidden', () => {
          throw new AppError('not_found', 'no thing');
        });
        app.get('/broken', () => {
          throw new Error('broken');
        });
        app.get('/stream', (_req, res) => void res.write('data: 1\n\n'));
        app.get('/slow', () => undefined);
      },
      { tracer },
    );
  });

  const ended = () => waitFor(() => tracer.spans[0]);

  it('is a child of the caller, and what the request does is its child', async () => {
    const response = await request(api.app)
      .get('/things/7?secret=1')
      .set({ traceparent, 'x-request-id': 'r1', 'user-agent': 'test' })
      .expect(200);
    const span = await ended();
    expect(response.body).toEqual(span.context);
    expect(span).toMatchObject({ name: 'GET /things/:id', kind: 'server', parent: caller, errorType: undefined });
    expect(span.attributes).toEqual({
      'aitbc.request.id': 'r1',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/things/:id',
      'network.protocol.version': '1.1',
      'server.address': '127.0.0.1',
      'server.port': expect.any(Number),
      'url.path': '/things/7',
      'url.scheme': 'http',
      'user_agent.original': 'test',
    });
    const access = api.lines.find(({ event }) => event === 'request');
    expect(access).toMatchObject({ trace_id: caller.traceId, span_id: span.context.spanId, trace_flags: '01' });
  });

  it('begins a trace where the caller has none', async () => {
    await request(api.app).get('/things/7').set('traceparent', '00-nonsense').expect(200);
    expect((await ended()).parent).toBeUndefined();
  });

  it.each([
    ['/hidden', 404, undefined],
    ['/broken', 500, '500'],
  ])('of %s fails only where the service has failed', async (path, status, errorType) => {
    await request(api.app).get(path).expect(status);
    expect(await ended()).toMatchObject({ errorType, attributes: { 'http.response.status_code': status } });
  });

  it.each([
    ['TRACE', 'HTTP', '_OTHER'],
    ['PUT', 'PUT', 'PUT'],
  ])('of %s without a route is named by its method', async (method, name, told) => {
    await request(api.app).trace('/nowhere').expect(404);
    await request(api.app).put('/nowhere').expect(404);
    await waitFor(() => tracer.spans.length === 2);
    const span = tracer.spans.find(({ attributes }) => attributes['http.request.method'] === told);
    expect(span).toMatchObject({ name });
    expect(span?.attributes['http.request.method_original']).toBe(told === '_OTHER' ? method : undefined);
    expect(span?.attributes).not.toHaveProperty('http.route');
  });

  it('is none for probes', async () => {
    await request(api.app).get('/health').expect(200);
    await request(api.app).get('/ready').expect(503);
    expect(tracer.spans).toEqual([]);
  });

  it.each([
    ['/slow', 'client_closed'],
    ['/stream', undefined],
  ])('of a client that leaves %s tells whether it was answered', async (path, errorType) => {
    const server = createServer(api.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = Object(server.address()) as { port: number };
    const asked = get({ host: '127.0.0.1', port, path });
    asked.on('error', () => undefined);
    if (path === '/stream') await once(asked, 'response');
    else await once(server, 'request');
    asked.destroy();
    expect(await ended()).toMatchObject({ errorType });
    server.close();
  });
});
