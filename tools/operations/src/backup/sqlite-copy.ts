import { OperatorError } from '@aitbc/operator-programs';
import { chmod, open, stat } from 'node:fs/promises';
import { sync } from './durable-files';
import { SqliteConnection } from './sqlite-connection';
import type { OnProgress } from './stored-database';

/** 16 MiB, of pages of 4 KiB. All of it at the end, at once, would hold up the commits of those who write. */
const PAGES_OF_A_SYNC = 4_096;
/** Faults that are shown; a broken file may have thousands. */
const SHOWN_FAULTS = 5;

/**
 * Copies a database while any number of processes write to it: what was committed when it begins, and nothing else. The
 * snapshot that it holds keeps the others from nothing but cutting back the write-ahead log.
 * @param target becomes a file by itself, without a write-ahead log that it would need beside it
 */
export async function copySqlite(source: string, target: string, onProgress: OnProgress): Promise<void> {
  // The copy holds the private signing keys: nobody else may read it, at no instant.
  await (await open(target, 'wx', 0o600)).close();
  const from = await SqliteConnection.openReadOnly(source);
  try {
    await from.execute('BEGIN');
    await from.query('SELECT count(*) AS entries FROM sqlite_schema');
    let synced = 0;
    await from.copyTo(target, async (done, total) => {
      onProgress(done, total);
      if (done - synced < PAGES_OF_A_SYNC) return;
      await sync(target);
      synced = done;
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`copying ${source} failed: ${why}`, { cause });
  } finally {
    await from.close();
  }
  const copy = await SqliteConnection.openExisting(target);
  try {
    await copy.query('PRAGMA journal_mode = DELETE');
  } finally {
    await copy.close();
  }
  await chmod(target, 0o600);
}

/** What SQLite finds wrong in a file: its structure, its indexes, rows that refer to others which are not there. */
export async function sqliteFaults(database: SqliteConnection): Promise<string[]> {
  const structure = await database.query<{ integrity_check: string }>(`PRAGMA integrity_check(${SHOWN_FAULTS})`);
  const dangling = await database.query<{ table: string; parent: string }>('PRAGMA foreign_key_check');
  return [
    ...structure.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...dangling.slice(0, SHOWN_FAULTS).map(({ table, parent }) => `a row of ${table} refers to none of ${parent}`),
  ];
}

/** @throws OperatorError when there is no file of a database at that path */
export async function assertSqliteFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new OperatorError(`there is no database ${path}`);
}
