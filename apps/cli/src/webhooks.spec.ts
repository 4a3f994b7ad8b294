import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@aitbc/shared-core/testing';
import { BuiltPlatform } from './testing/built-platform';
import { runCli } from './testing/cli-process';

const WORKFLOW = 'name: One\nsteps: { a: { name: A, step_type: data_processing, config: { expression: "1" } } }\n';

/** Each command is a process of its own. */
jest.setTimeout(120_000);

const platform = new BuiltPlatform();
let status = 204;
const received: IncomingHttpHeaders[] = [];
const receiver = createServer((req, res) => {
  received.push(req.headers);
  req.resume().once('end', () => res.writeHead(status).end());
});
let url: string;

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`;
  await platform.start({
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
    WEBHOOK_ALLOW_HTTP: 'on',
    WEBHOOK_RETRY_SCHEDULE: '10ms',
  });
}, 60_000);
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await platform.stop();
});

function aitbc(args: readonly string[], input = '') {
  const environment = platform.clientEnvironment;
  return runCli(['webhooks', ...args], { cwd: platform.folder.path, environment, input });
}

async function json(...args: string[]) {
  const result = await aitbc([...args, '--json']);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
  return result.json();
}

it('are made with a secret on standard output alone, tested, changed and removed', async () => {
  const made = await aitbc([
    'create',
    url,
    '--event',
    'execution.*',
    '--event',
    'step.failed',
    '--description',
    'Ends',
  ]);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whsec_\S+\n$/) });
  const id = /wh_[\w-]+/.exec(made.stderr)?.[0] ?? '';
  expect(await json('show', id)).toMatchObject({ url, event_types: ['execution.*', 'step.failed'], active: true });
  expect((await aitbc(['list'])).stdout).toMatch(new RegExp(`^${id} +active +execution`, 'm'));
  expect(await aitbc(['test', id])).toMatchObject({ code: 0, stdout: 'It arrived: 204.\n' });
  status = 500;
  expect(await aitbc(['test', id])).toMatchObject({ code: 1, stderr: 'aitbc: It did not arrive: answered 500.\n' });
  status = 204;
  expect(await json('update', id, '--event', '*')).toMatchObject({ event_types: ['*'], description: 'Ends' });
  expect(await json('disable', id)).toMatchObject({ active: false });
  expect(await aitbc(['test', id])).toMatchObject({ code: 6 });
  expect(await json('enable', id)).toMatchObject({ active: true });
  const rotated = await json('rotate-secret', id, '--overlap', '60');
  expect(rotated).toMatchObject({ id, secret: expect.stringMatching(/^whsec_/) });
  expect(rotated.secret).not.toBe(made.stdout.trim());
  expect(await json('delete', id)).toEqual({ id, deleted: true });
  expect(await aitbc(['show', id])).toMatchObject({ code: 3, stdout: '' });
  expect(await aitbc(['create', 'http://10.0.0.1/'])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('/url'),
  });
});

it('show what was sent, and send it again', async () => {
  const { id } = await json('create', url, '--event', 'execution.completed');
  status = 500;
  const environment = platform.clientEnvironment;
  const options = { cwd: platform.folder.path, environment, input: WORKFLOW };
  expect(await runCli(['workflows', 'run', '-', '--wait'], options)).toMatchObject({ code: 0 });
  const dead = async () => (await json('deliveries', id, '--status', 'dead')).items[0];
  const delivery = await waitFor(dead);
  expect(delivery).toMatchObject({ event_type: 'execution.completed', attempts: 2, last_error: 'answered 500' });
  expect((await aitbc(['deliveries', id])).stdout).toMatch(
    new RegExp(`^${delivery.id} +dead +execution.completed`, 'm'),
  );
  status = 204;
  const before = received.length;
  expect(await aitbc(['replay', id])).toMatchObject({ code: 0, stdout: '1 are sent again.\n' });
  await waitFor(async () => (await json('deliveries', id, '--status', 'succeeded')).items.length === 1);
  expect(await aitbc(['replay', id, delivery.id])).toMatchObject({ code: 0, stdout: 'It is sent again.\n' });
  await waitFor(() => received.length === before + 2);
  expect(received.slice(-2).map((headers) => headers['webhook-id'])).toEqual([delivery.id, delivery.id]);
  expect(await json('replay', id, '--since', '2020-01-01T00:00:00Z', '--status', 'dead')).toEqual({ replayed: 0 });
});
