import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiProblem } from '../errors';
import { AgentCalls } from './agent-calls';
import { HttpTransport } from './http-transport';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

let server: Server;
let url: string;
let asked: IncomingMessage[];
let answers: Answer[];

beforeAll(async () => {
  const listener: RequestListener = (req, res) => {
    asked.push(req);
    (answers.length > 1 ? answers.shift() : answers[0])?.(req, res);
  };
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function json(status: number, body: object, headers: Record<string, string> = {}): Answer {
  return (_req, res) =>
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const good = json(200, { ok: true });
const busy = json(503, { title: 'Down', status: 503 }, { 'retry-after': '0' });
const over: Answer = (_req, res) => res.writeHead(204).end();
const broken: Answer = (req) => req.socket.destroy();

function transport({ timeoutMs = 5_000, signal = new AbortController().signal } = {}) {
  return new HttpTransport({ url, option: '--url', key: 'the-key', timeoutMs, backoffMs: 1, signal });
}

type Options = { timeoutMs?: number; signal?: AbortSignal };

const get = async (options?: Options): Promise<unknown> =>
  (await transport(options).fetch()(new Request(`${url}/x?a=1`))).json();
const post = async (): Promise<unknown> =>
  (await transport().fetch()(new Request(`${url}/x`, { method: 'POST', body: '{"a":1}' }))).json();
const agents = () => new AgentCalls(transport());

describe('a request', () => {
  it('carries the key, the query without what is not set, and JSON', async () => {
    answers = [good];
    expect(await agents().workflows({ limit: 1, owner_id: undefined, tags: ['a', 'b c'] })).toEqual({ ok: true });
    expect(asked[0]).toMatchObject({
      url: '/api/v1/agent/workflows?limit=1&tags=a,b%20c',
      headers: { 'x-api-key': 'the-key', accept: 'application/json' },
    });
  });

  it('that reads is repeated after broken connections and passing failures', async () => {
    answers = [broken, json(502, {}), good];
    expect(await get()).toEqual({ ok: true });
    expect(asked).toHaveLength(3);
  });

  it('is given up after three tries', async () => {
    answers = [busy];
    await expect(get()).rejects.toMatchObject({ status: 503, exitCode: 7 });
    expect(asked).toHaveLength(3);
  });

  it('that writes is repeated only when nothing was done', async () => {
    answers = [busy, json(429, { title: 'Slow down', status: 429 }), good];
    expect(await post()).toEqual({ ok: true });
    for (const answer of [broken, json(500, { title: 'Oh' }), json(502, {}), json(503, { title: 'Down' })]) {
      asked = [];
      answers = [answer, good];
      await expect(post()).rejects.toMatchObject({ exitCode: 7 });
      expect(asked).toHaveLength(1);
    }
  });

  it('that creates has one idempotency key for all its tries, and another one the next time', async () => {
    answers = [busy, good];
    await agents().createWorkflow({ name: 'A', steps: {} });
    await agents().createWorkflow({ name: 'A', steps: {} });
    const [first, again, second] = asked.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it('waits as long as the platform asks, but not for minutes', async () => {
    answers = [json(429, { title: 'Slow down' }, { 'retry-after': '1' }), good];
    const began = performance.now();
    await get();
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    answers = [json(429, { title: 'Slow down' }, { 'retry-after': '600' })];
    asked = [];
    await expect(get()).rejects.toMatchObject({ status: 429 });
    expect(asked).toHaveLength(1);
  });

  it('ends after its time, and at once when it is interrupted', async () => {
    answers = [() => undefined];
    await expect(get({ timeoutMs: 20 })).rejects.toThrow(`${url} did not answer within 0.02 s.`);
    const interruption = new AbortController();
    answers = [() => interruption.abort(new Error('enough'))];
    await expect(get({ signal: interruption.signal })).rejects.toThrow('enough');
  });

  it('follows no redirection, so that the key goes nowhere else', async () => {
    answers = [(_req, res) => res.writeHead(302, { location: `${url}/elsewhere` }).end()];
    await expect(get()).rejects.toThrow(`GET /x was answered with 302, to ${url}/elsewhere, and not by the platform.`);
    expect(asked).toHaveLength(1);
  });

  it('tells a platform from something else', async () => {
    answers = [(_req, res) => res.end('<html>')];
    await expect(get()).rejects.toThrow('is no AITBC platform');
    answers = [over];
    await expect(agents().workflow('wf_1')).rejects.toMatchObject({ exitCode: 7 });
    await expect(agents().deleteWorkflow('wf_1', false)).resolves.toBeUndefined();
  });
});

describe('a refusal', () => {
  it('is told with its fields, or its detail', async () => {
    const errors = [{ pointer: '/a', message: 'must be b' }, 'nonsense'];
    answers = [json(422, { title: 'Not valid', detail: '/a: must be b', errors })];
    const refused = await get().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ message: 'Not valid', fields: [{ pointer: '/a', message: 'must be b' }] });
    answers = [json(404, { title: 'Nothing here', detail: "no job 'x'" })];
    await expect(get()).rejects.toThrow("Nothing here: no job 'x'");
  });

  it('of a path that is served elsewhere says so', async () => {
    answers = [json(404, { title: 'Not found', detail: 'there is no such route' })];
    await expect(get()).rejects.toMatchObject({ exitCode: 3, hint: expect.stringContaining('--agent-url') });
  });

  it('by a failure of the platform names the request', async () => {
    answers = [json(500, { title: 'Internal error', instance: 'req_1' })];
    await expect(get()).rejects.toThrow('Internal error (request req_1)');
  });
});

describe('an id', () => {
  it.each(['', '.', '..'])('is never %j, which would lead to another path', (id) => {
    expect(() => agents().workflow(id)).toThrow(`'${id}' is no id.`);
  });

  it('stays one segment of the path', async () => {
    answers = [good];
    await agents().workflow('../a/b?c');
    expect(asked[0]?.url).toBe('/api/v1/agent/workflows/..%2Fa%2Fb%3Fc');
  });
});

describe('a stream of events', () => {
  const stream =
    (text: string): Answer =>
    (_req, res) =>
      res.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
  const event = (id: number) => `event: e\nid: ${id}\ndata: {"data":{"seq":${id}}}\n\n`;
  const all = async ({ signal = new AbortController().signal, timeoutMs = 5_000 } = {}) => {
    const calls = new AgentCalls(transport({ signal, timeoutMs }));
    const read: number[] = [];
    const backoff = { initialMs: 1, maximumMs: 1 };
    for await (const { data } of calls.executionEvents('exec_1', { after: 0 }, { signal, backoff })) {
      read.push(data.data.seq);
    }
    return read;
  };

  it('goes on after the last event over as many connections as it takes, until nothing will follow', async () => {
    answers = [stream(event(1) + event(2)), broken, busy, stream(`: keep-alive\n\n${event(3)}`), over];
    expect(await all()).toEqual([1, 2, 3]);
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '2', '2', '2', '3']);
    const headers = { accept: 'text/event-stream', 'x-api-key': 'the-key' };
    expect(asked[0]).toMatchObject({ url: '/api/v1/agent/executions/exec_1/events?after=0', headers });
  });

  it('is given up when it is refused, or when nothing comes for long', async () => {
    answers = [json(404, { title: 'No', status: 404 })];
    await expect(all()).rejects.toMatchObject({ status: 404 });
    expect(asked).toHaveLength(1);
    answers = [broken];
    await expect(all()).rejects.toMatchObject({ exitCode: 7 });
    expect(asked).toHaveLength(21);
  });

  it('has time for its head only', async () => {
    const slow: Answer = (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(event(1));
      setTimeout(() => res.end(event(2)), 3_250);
    };
    answers = [slow, over];
    // Time enough for the head on a busy machine.
    expect(await all({ timeoutMs: 3_000 })).toEqual([1, 2]);
    expect(asked).toHaveLength(2);
  });

  it('ends when it is interrupted', async () => {
    const interruption = new AbortController();
    answers = [
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' }).write(event(1));
        setTimeout(() => interruption.abort(), 10);
      },
    ];
    await expect(all({ signal: interruption.signal })).rejects.toThrow();
  });
});
