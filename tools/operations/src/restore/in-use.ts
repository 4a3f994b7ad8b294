import { OperatorError } from '@aitbc/operator-programs';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { SqliteConnection } from '../backup/sqlite-connection';
import { readEnvironmentFile } from '../environment-file';
import type { Layout } from '../layout';
import { ANSWERING_SERVICES, urlOf } from '../services/service-url';

/** Longer than somebody who only looks holds the file; services hold it for as long as they run. */
const LOCK_PATIENCE_MS = 500;
const ANSWER_TIMEOUT_MS = 2_000;

/** https://sqlite.org/fileformat.html#the_database_header */
const MAGIC = Buffer.from('SQLite format 3\0');

/** @throws OperatorError while a service of the installation answers: it would go on writing into the file that it has open */
export async function assertServicesStopped(layout: Layout): Promise<void> {
  for (const service of ANSWERING_SERVICES) {
    const file = join(layout.configuration, `${service}.env`);
    // Without its configuration it is not installed here, and who answers at that port is of another installation.
    if (!existsSync(file)) continue;
    const url = urlOf(service, readEnvironmentFile(file));
    if (await answers(url))
      throw new OperatorError(
        `${service} answers at port ${new URL(url).port}: stop the services first (service stop ${service})`,
      );
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

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/health`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    return true;
  } catch (error) {
    // Who does not answer in time is there all the same, and has the database open.
    return error instanceof DOMException && error.name === 'TimeoutError';
  }
}
