import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from '../program';

it('shows a miner that takes every kind of job', async () => {
  const capabilities = { services: null, gpus: [{ name: 'RTX' }], models: [], price: 0.5 };
  const miner = { miner_id: 'miner-1', status: 'available', inflight: 1, concurrency: 2, region: 'eu', capabilities };
  const server = createServer((req, res) => {
    const body = req.url === '/api/v1/miners' ? { items: [miner], next_cursor: null } : miner;
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const environment = { AITBC_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AITBC_KEY: 'key' };
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) };
  const world = { stdin: () => process.stdin, stdout, stderr: stdout, environment };
  const surroundings = { ...world, signal: new AbortController().signal };
  expect(await run(['miners', 'list'], surroundings)).toBe(0);
  expect(await run(['miners', 'show', 'miner-1'], surroundings)).toBe(0);
  server.close();
  expect(written.join('')).toMatch(/^miner-1 +available +1\/2 +all +0\.5 +eu$[^]+^services +all$/m);
});
