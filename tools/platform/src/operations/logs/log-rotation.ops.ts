import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { freePort } from '../../free-port';
import { Router } from '../../routing/router';
import { EchoServer } from '../../ways/echo-server';

const ROOT = join(__dirname, '..', '..', '..', '..', '..');
const CLIENTS = 4;
const ROTATIONS = 3;
/** Requests between two rotations. */
const BETWEEN = 200;

let folder: TemporaryFolder;
let echo: EchoServer;
let router: Router;

beforeAll(async () => {
  folder = temporaryFolder();
  // Workers of nginx, who are somebody else when this is root, open their logs in there.
  chmodSync(folder.path, 0o755);
  echo = await EchoServer.start('anybody');
  router = await Router.start({
    ...{ root: ROOT, folder: folder.file('router'), listen: `127.0.0.1:${await freePort()}` },
    ...{ coordinator: echo.address, agents: echo.address, shadow: echo.address },
    release: { name: 'monolith', address: echo.address },
  });
  mkdirSync(folder.file('run'));
});
afterAll(async () => {
  await router.stop();
  await echo.stop();
  await folder.remove();
});

const logs = () => join(folder.file('router'), 'logs');

/** Rotates at once, whatever the time, as it is deployed but for where the files are. */
function rotate(): void {
  const deployed = readFileSync(join(ROOT, 'deploy', 'logrotate', 'aitbc-router'), 'utf8');
  const file = folder.file('logrotate.conf');
  const here = deployed
    .replaceAll('/var/lib/aitbc/router', folder.file('router'))
    .replaceAll('/run/', `${folder.file('run')}/`);
  writeFileSync(file, here, { mode: 0o644 });
  execFileSync('/usr/sbin/logrotate', ['--force', '--state', folder.file('state'), file], { stdio: 'pipe' });
}

function textOf(file: string): string {
  const bytes = readFileSync(join(logs(), file));
  return file.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
}

/** The paths in access logs, in the order in which the files come. */
function logged(files: readonly string[]): string[] {
  const lines = files.flatMap((file) => textOf(file).split('\n').filter(Boolean));
  return lines.map((line) => (JSON.parse(line) as { path: string }).path);
}

it('rotates the logs of a router that serves, and loses no line', async () => {
  const answered: string[] = [];
  let isOver = false;
  const client = async (name: number) => {
    for (let n = 0; !isOver; n += 1) {
      const path = `/c${name}/${n}`;
      const response = await fetch(router.url + path);
      await response.arrayBuffer();
      answered.push(path);
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, name) => client(name));
  for (let rotation = 1; rotation <= ROTATIONS; rotation += 1) {
    const before = answered.length;
    await waitFor(() => answered.length >= before + BETWEEN);
    rotate();
    const after = answered.length;
    // What is answered from now on is in the new file.
    await waitFor(() => answered.length >= after + BETWEEN);
    const newest = answered.at(-1) ?? '';
    await waitFor(() => existsSync(join(logs(), 'access.log')) && logged(['access.log']).includes(newest), {
      timeoutMs: 10_000,
      everyMs: 50,
    });
  }
  isOver = true;
  await Promise.all(clients);
  const files = () => readdirSync(logs()).filter((name) => name.startsWith('access.log'));
  // nginx was asked by its start, too, whether it is there.
  const found = () => logged(files()).filter((path) => path !== '/health');
  await waitFor(() => found().length >= answered.length, { timeoutMs: 10_000, everyMs: 50 });
  expect(found().sort()).toEqual([...answered].sort());
  expect(files().sort()).toEqual(['access.log', 'access.log.1', 'access.log.2.gz', 'access.log.3.gz']);
}, 60_000);
