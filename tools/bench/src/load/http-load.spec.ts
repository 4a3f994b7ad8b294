import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { httpLoad } from './http-load';

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}

// Long enough that a loaded machine answers some too.
const load = { connections: 2, durationMs: 1_500 };
const ok = (status: number) => status === 200;

it('asks for every path with the key, each connection from another place on', async () => {
  const asked: string[] = [];
  const url = await serve((req, res) => {
    asked.push(`${req.url} ${String(req.headers['x-api-key'])}`);
    res.end('yes');
  });
  const requests = ['/a', '/b', '/c', '/d'].map((path) => ({ path, isRight: ok }));
  const { answers, rate, p50, p99 } = await httpLoad({ ...load, url, key: 'k', requests });
  expect(new Set(asked)).toEqual(new Set(['/a k', '/b k', '/c k', '/d k']));
  expect(asked.slice(0, 2).sort()).toEqual(['/a k', '/c k']);
  expect(answers).toBeGreaterThan(2);
  expect(rate).toBeGreaterThan(0);
  expect(p99).toBeGreaterThanOrEqual(p50);
});

it('fails when one answer of many is wrong', async () => {
  let count = 0;
  const url = await serve((_req, res) => {
    res.statusCode = ++count === 20 ? 503 : 200;
    res.end('body');
  });
  await expect(httpLoad({ ...load, url, requests: [{ path: '/x', isRight: ok }] })).rejects.toThrow(
    'a wrong answer: /x answered 503 body',
  );
});

it('fails when connections break', async () => {
  const url = await serve((req) => void req.socket.resetAndDestroy());
  await expect(httpLoad({ ...load, url, requests: [{ path: '/x', isRight: ok }] })).rejects.toThrow(/no answer/);
});
