import type { Logger } from '../../logging/logger';
import { retryWhileBusy } from './busy';
import type { SqliteHandle } from './sqlite-handle';

/** `PRAGMA synchronous` answers with a number. */
const SYNCHRONOUS_FULL = 2;
const AUTO_VACUUM_INCREMENTAL = 2;
/** The WAL file is cut back to this size after a checkpoint, in bytes. */
const WAL_SIZE_LIMIT = 64 * 1024 * 1024;

/** What the writer's connection must answer; see `assertWriterPragmas`. */
const REQUIRED: readonly (readonly [pragma: string, value: string | number])[] = [
  ['journal_mode', 'wal'],
  ['synchronous', SYNCHRONOUS_FULL],
  ['foreign_keys', 1],
  ['busy_timeout', 0],
];

/**
 * Sets up the writer's connection, before anything else touches the file. `auto_vacuum` comes first: it takes effect
 * only until the first page is written, and switching to WAL writes it. Switching may meet another starting process.
 */
export async function setWriterPragmas(handle: SqliteHandle, patienceMs: number, logger: Logger): Promise<void> {
  await handle.execute('PRAGMA busy_timeout = 0');
  await retryWhileBusy(patienceMs, () => handle.execute('PRAGMA auto_vacuum = INCREMENTAL'));
  await retryWhileBusy(patienceMs, () => handle.execute('PRAGMA journal_mode = WAL'));
  await handle.execute('PRAGMA synchronous = FULL');
  await handle.execute('PRAGMA foreign_keys = ON');
  await handle.execute(`PRAGMA journal_size_limit = ${WAL_SIZE_LIMIT}`);
  const autoVacuum = await retryWhileBusy(patienceMs, () => readPragma(handle, 'auto_vacuum'));
  if (autoVacuum !== AUTO_VACUUM_INCREMENTAL) {
    logger.warn('this file was made without auto_vacuum=INCREMENTAL; run VACUUM once with it set', { autoVacuum });
  }
}

/**
 * Refuses to go on unless the connection really has what durability rests on. Some settings fail in silence: WAL is
 * not possible in memory or on some network file systems, and `synchronous` cannot change inside a transaction.
 */
export async function assertWriterPragmas(handle: SqliteHandle): Promise<void> {
  for (const [pragma, expected] of REQUIRED) {
    const actual = await readPragma(handle, pragma);
    if (actual !== expected) {
      throw new Error(`SQLite: PRAGMA ${pragma} is ${String(actual)}, must be ${expected}; refusing to start`);
    }
  }
}

async function readPragma(handle: SqliteHandle, pragma: string): Promise<unknown> {
  const { rows } = await handle.execute(`PRAGMA ${pragma}`);
  return Object.values(rows?.[0] ?? {})[0];
}
