import { OperatorError } from '@aitbc/operator-programs';
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SqliteConnection } from '../backup/sqlite-connection';
import { parseEnvironmentFile } from '../environment-file';
import type { Layout } from '../layout';

/** Longer than somebody who only looks holds the file; services hold it for as long as they run. */
const LOCK_PATIENCE_MS = 500;
const ANSWER_TIMEOUT_MS = 2_000;

/** https://sqlite.org/fileformat.html#the_database_header */
const MAGIC = Buffer.from('SQLite format 3\0');

/** The services of an installation that have a database, and where they listen unless they are told otherwise. */
const DEFAULT_PORTS = { 'coordinator-api': 8011, 'agent-management': 8012, monolith: 8010 } as const;

/** @throws OperatorError while a service of the installation answers: it would go on writing into the file that it has open */
export async function assertServicesStopped(layout: Layout): Promise<void> {
  for (const [service, standard] of Object.entries(DEFAULT_PORTS)) {
    const file = join(layout.configuration, `${service}.env`);
    // Without its configuration it is not installed here, and who answers at that port is of another installation.
    if (!existsSync(file)) continue;
    const port = parseEnvironmentFile(readFileSync(file, 'utf8'))['PORT'] || String(standard);
    if (await answers(port))
      throw new OperatorError(`${service} answers at port ${port}: stop the services first (service stop ${service})`);
  }
}

/**
 * By the lock that every connection to a file in WAL mode holds for as long as it is open. Where nobody holds it, SQLite
 * brings what the write-ahead log still has into the file.
 * @throws OperatorError when another process has the database open
 */
export async function assertNotOpen(path: string): Promise<void> {
  // What is broken from its first bytes on nobody can have open, and SQLite would throw away the log beside it.
  if (!existsSync(path) || !(await isSqlite(path))) return;
  const connection = await SqliteConnection.openExisting(path);
  try {
    await connection.execute(`PRAGMA busy_timeout = ${LOCK_PATIENCE_MS}; PRAGMA locking_mode = EXCLUSIVE`);
    await connection.execute('BEGIN EXCLUSIVE; ROLLBACK');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY')
      throw new OperatorError(`${path} is open in another process: stop the services first`, { cause: error });
  } finally {
    await connection.close();
  }
}

async function isSqlite(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.subarray(0, bytesRead).equals(MAGIC);
  } finally {
    await file.close();
  }
}

async function answers(port: string): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return true;
  } catch (error) {
    // Who does not answer in time is there all the same, and has the database open.
    return error instanceof DOMException && error.name === 'TimeoutError';
  }
}
