import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { run } from './program';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a command', () => {
  let server: Server;
  const traces: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      traces.push(req.headers['traceparent']?.toString());
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: [], next_cursor: null }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it.each([
    [TRACEPARENT, TRACEPARENT],
    ['nonsense\nx-injected: 1', undefined],
    ['', undefined],
  ])('is a part of the trace that TRACEPARENT names, if it names one: %j', async (given, sent) => {
    const { port } = Object(server.address()) as { port: number };
    const environment = { AITBC_URL: `http://127.0.0.1:${port}`, AITBC_KEY: 'key', TRACEPARENT: given };
    const sink = { write: () => true };
    const surroundings = { stdin: () => process.stdin, stdout: sink, stderr: sink, environment };
    expect(await run(['jobs', 'list'], { ...surroundings, signal: new AbortController().signal })).toBe(0);
    expect(traces.at(-1)).toBe(sent);
  });
});
