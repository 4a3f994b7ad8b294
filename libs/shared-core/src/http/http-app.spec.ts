import { IsInt } from 'class-validator';
import { Router } from 'express';
import request from 'supertest';
import { AppError } from '../errors/app-error';
import { currentLogContext } from '../logging/log-context';
import { createTestApp } from '../testing/http-test-app';
import { bodyOf, validateBody } from './validation';

class Point {
  @IsInt()
  x: number;
}

function pointApp() {
  return createTestApp((app) => {
    app.post('/points', validateBody(Point), (req, res) => void res.status(201).json(bodyOf(req, Point)));
    app.get('/points/:id', (req, res) => void res.json({ id: req.params.id }));
    app.post('/echo', (req, res) => void res.json({ body: req.body as unknown }));
    app.get('/conflict', () => {
      throw new AppError('conflict', 'it runs already');
    });
    app.get('/busy', async () => {
      await Promise.resolve();
      throw new AppError('rate_limited', 'slower', { retryAfterSeconds: 1.2 });
    });
    app.get('/crash', () => {
      throw new Error('SELECT secret FROM /var/db');
    });
    const nested = Router();
    nested.get('/things/:id', (req, res) => void res.json({ id: req.params.id }));
    nested.delete('/things/:id', () => {
      throw new AppError('forbidden', 'not yours');
    });
    app.use('/api', Router().use('/v1', nested));
    app.post('/context', (_req, res) => void res.json(currentLogContext()));
  });
}

describe('createHttpApp', () => {
  const { app, lines, state } = pointApp();

  it('answers health and readiness without a body of its own kind', async () => {
    const health = await request(app).get('/health').expect(200);
    expect(health.body).toEqual({ status: 'healthy', service: 'test', version: '1.2.3' });
    expect(health.headers).not.toHaveProperty('x-powered-by');
    const starting = await request(app).get('/ready').expect(503);
    expect(starting.body.code).toBe('starting');
    state.markReady();
    await request(app).get('/ready').expect(200);
  });

  it('answers an AppError as a problem document', async () => {
    const response = await request(app).get('/conflict').set('X-Request-Id', 'abc-1').expect(409);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.headers['x-request-id']).toBe('abc-1');
    expect(response.body).toEqual({
      type: 'urn:aitbc:error:conflict',
      title: 'The current state does not allow that',
      status: 409,
      detail: 'it runs already',
      instance: 'abc-1',
      code: 'conflict',
    });
  });

  it('rounds Retry-After up to whole seconds', async () => {
    const response = await request(app).get('/busy').expect(429);
    expect(response.headers['retry-after']).toBe('2');
  });

  it('never shows an unknown error, and logs it with its cause and the request id', async () => {
    const response = await request(app).get('/crash').set('X-Request-Id', 'crash-1').expect(500);
    expect(response.text).not.toMatch(/SELECT|\/var|at /);
    const line = lines.find((entry) => entry.event === 'request_failed' && entry.request_id === 'crash-1');
    expect(line).toMatchObject({ level: 'error', cause: { message: 'SELECT secret FROM /var/db' } });
  });

  it('makes a request id when the given one could not stand in a log line', async () => {
    const response = await request(app).get('/health').set('X-Request-Id', 'a b"c').expect(200);
    expect(response.headers['x-request-id']).toMatch(/^req_/);
  });

  it('keeps request id and trace in the context beyond body parsing', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const response = await request(app)
      .post('/context')
      .set('X-Request-Id', 'r1')
      .set('traceparent', traceparent)
      .send({ a: 1 });
    const [, trace_id, span_id, trace_flags] = traceparent.split('-');
    expect(response.body).toEqual({ request_id: 'r1', trace_id, span_id, trace_flags });
  });

  it('answers a request whose traceparent is none', async () => {
    const response = await request(app).post('/context').set('traceparent', 'nonsense').send({ a: 1 }).expect(200);
    expect(response.body).not.toHaveProperty('trace_id');
  });

  it('logs one access line for each request, with the pattern of its route', async () => {
    await request(app).get('/points/77?secret=1').set('X-Request-Id', 'log-1').expect(200);
    const own = () => lines.filter((entry) => entry.request_id === 'log-1');
    expect(own()).toEqual([
      expect.objectContaining({ event: 'request', level: 'info', method: 'GET', route: '/points/:id', status: 200 }),
    ]);
    expect(JSON.stringify(own())).not.toContain('secret');
  });

  it.each([
    ['GET', 200],
    ['DELETE', 403],
  ])('logs the whole pattern of a nested route, whether it answers or throws (%s)', async (method, status) => {
    const id = `nested-${method}`;
    await request(app)[method === 'GET' ? 'get' : 'delete']('/api/v1/things/5').set('X-Request-Id', id).expect(status);
    const line = lines.find((entry) => entry.request_id === id && entry.event === 'request');
    expect(line).toMatchObject({ route: '/api/v1/things/:id', status });
  });

  it('logs probes at debug level only', async () => {
    await request(app).get('/health').set('X-Request-Id', 'probe-1');
    expect(lines.find((entry) => entry.request_id === 'probe-1')).toMatchObject({ level: 'debug', status: 200 });
  });

  it('answers 404 for an unknown path and 405 with Allow for a known one', async () => {
    const unknown = await request(app).get('/nowhere').expect(404);
    expect(unknown.body.code).toBe('not_found');
    const wrong = await request(app).delete('/points/1').expect(405);
    expect(wrong.headers.allow).toBe('GET, HEAD');
    await request(app).put('/points').expect(405).expect('Allow', 'POST');
    await request(app).patch('/api/v1/things/5').expect(405).expect('Allow', 'DELETE, GET, HEAD');
    await request(app).patch('/api/v1/nothing').expect(404);
  });

  it('answers 400 for a path that does not decode', async () => {
    const response = await request(app).get('/points/%zz').expect(400);
    expect(response.body.code).toBe('malformed_request');
  });
});

describe('JSON bodies', () => {
  const { app } = pointApp();

  const send = (text: string | Buffer, type = 'application/json') =>
    request(app)
      .post('/echo')
      .set('Content-Type', type)
      .serialize((body: unknown) => body as string)
      .send(text as string);

  it.each([
    ['malformed JSON', '{"a":', 400],
    ['text that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['a body over 1 MiB', JSON.stringify('x'.repeat(1_048_576)), 413],
  ])('refuses %s', async (_name, text, status) => {
    const response = await send(text);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toMatch(/problem\+json/);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/problem+json',
  ])('refuses the media type %s', async (type) => {
    const response = await send('{}', type);
    expect(response.status).toBe(415);
  });

  it('takes a body of just under 1 MiB', async () => {
    await send(JSON.stringify('x'.repeat(1_048_570)), 'application/json; charset=UTF-8').expect(200);
  });

  it.each([
    ['a lone surrogate', '{"a":["\\ud800"]}', '/a/0'],
    ['a lone surrogate in a key', '{"a":{"\\udc00":1}}', '/a'],
    ['an unsafe integer', '{"a":{"b/c":9007199254740993}}', '/a/b~1c'],
    ['an unsafe integer in exponent form', '{"a":1e21}', '/a'],
    ['a number beyond doubles', '[1e400]', '/0'],
    ['__proto__', '{"a":{"__proto__":{"x":1}}}', '/a/__proto__'],
  ])('refuses %s and points to it', async (_name, text, pointer) => {
    const response = await send(text);
    expect(response.status).toBe(422);
    expect(response.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
  });

  it('accepts 32 levels and refuses 33', async () => {
    await send('['.repeat(32) + ']'.repeat(32)).expect(200);
    const response = await send('['.repeat(33) + ']'.repeat(33));
    expect(response.status).toBe(422);
    await send('['.repeat(500_000)).expect(400);
    await send('['.repeat(500_000) + ']'.repeat(500_000)).expect(422);
  });

  it('accepts surrogate pairs and the largest safe integers', async () => {
    const text = '{"a":"\\ud83d\\ude00","b":9007199254740991,"c":-9007199254740991,"d":0.1}';
    const response = await send(text).expect(200);
    expect(response.body.body).toEqual({ a: '😀', b: 9007199254740991, c: -9007199254740991, d: 0.1 });
  });

  it('validates what it takes', async () => {
    await request(app).post('/points').send({ x: 1 }).expect(201, { x: 1 });
    const response = await request(app).post('/points').send({ x: 'one', y: 2 }).expect(422);
    expect(response.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual(['/x', '/y']);
    const absent = await request(app).post('/points').expect(422);
    expect(absent.body.errors[0].pointer).toBe('/x');
    const list = await request(app).post('/points').send([]).expect(422);
    expect(list.body.errors).toEqual([{ pointer: '', message: 'must be an object' }]);
  });
});
