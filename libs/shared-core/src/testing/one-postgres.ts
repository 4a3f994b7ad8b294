import { startPostgres, type TestPostgres } from './postgres';

const SERVER = Symbol.for('aitbc.test-postgres');
type Holder = { [SERVER]?: TestPostgres };

/**
 * Jest's `globalSetup`: one PostgreSQL for all suites of a run, each of which makes databases of its own there. Starting
 * one takes longer than most suites. Those that make a server crash have their own.
 */
export default async function setUp(): Promise<void> {
  if (process.env['TEST_DATABASE_URL']) return;
  const server = await startPostgres();
  (globalThis as Holder)[SERVER] = server;
  // Inherited by the processes in which the suites run.
  process.env['TEST_DATABASE_URL'] = server.url;
}

/** The end of it, for `globalTeardown`, which runs in the same process. */
export async function tearDown(): Promise<void> {
  await (globalThis as Holder)[SERVER]?.stop();
}
