import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '../database-options';
import { TypeOrmLog } from '../typeorm-log';
import { UnitOfWork } from '../unit-of-work';
import { retryWhileBusy } from './busy';
import { assertWriterPragmas, setWriterPragmas } from './pragmas';
import { sqliteDriver, SqliteUnitAccess } from './sqlite-access';
import { SqliteHandle } from './sqlite-handle';
import { SqliteRunner } from './sqlite-runner';

export interface OpenedFile {
  readonly dataSource: DataSource;
  readonly writer: SqliteHandle;
}

/**
 * Opens the file, brings it up to date and prepares it. Any number of processes may do this at the same instant on an
 * empty file: each step that writes waits for its lock in `retryWhileBusy`.
 */
export async function bootSqlite(path: string, settings: DatabaseSettings): Promise<OpenedFile> {
  await makePrivateFile(path);
  const dataSource = await openDataSource(path, settings).initialize();
  const writer = new SqliteHandle(sqliteDriver(dataSource).databaseConnection as sqlite3.Database);
  try {
    await setWriterPragmas(writer, settings.migrationWaitMs, settings.logger);
    await migrate(dataSource, writer, settings);
    await prepare(dataSource, writer, settings);
    await writer.forgetStatements();
    await assertWriterPragmas(writer);
  } catch (error) {
    await writer.close();
    throw error;
  }
  closeSideDoor(dataSource);
  return { dataSource, writer };
}

/**
 * The file holds the platform's private signing keys, so that only its owner may read it; SQLite gives the WAL beside it
 * the same mode. A file that is there keeps its mode. `:memory:` is no path: it is refused later, for what it is.
 */
async function makePrivateFile(path: string): Promise<void> {
  if (path.startsWith(':')) return;
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', 0o600);
  await file.close();
}

function openDataSource(path: string, settings: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'sqlite',
    database: path,
    // TypeORM turns on the driver's verbose mode, which takes a stack trace for each statement.
    driver: { verbose: () => sqlite3 },
    logger: new TypeOrmLog(settings.logger),
    entities: settings.entities,
    migrations: [...settings.migrations],
  });
}

/**
 * TypeORM's own transaction modes fail when two processes start at once (deferred BEGIN), so the lock is taken by hand
 * and the migrations run with none of their own. Foreign keys are off meanwhile, as SQLite's procedure for altering
 * tables asks (dropping the old table would cascade), and are checked as a whole before the commit.
 */
async function migrate(dataSource: DataSource, writer: SqliteHandle, settings: DatabaseSettings): Promise<void> {
  const driver = sqliteDriver(dataSource);
  const runner = SqliteRunner.inTransaction(driver, (sql, parameters) => writer.execute(sql, parameters));
  driver.createQueryRunner = () => runner;
  await writer.execute('PRAGMA foreign_keys = OFF');
  await inExclusiveTransaction(writer, settings.migrationWaitMs, async () => {
    const done = await dataSource.runMigrations({ transaction: 'none' });
    for (const { name } of done) settings.logger.info('migrated', { migration: name });
    if (done.length > 0) await assertForeignKeys(writer);
  });
  await writer.execute('PRAGMA foreign_keys = ON');
}

async function assertForeignKeys(writer: SqliteHandle): Promise<void> {
  const { rows = [] } = await writer.execute('PRAGMA foreign_key_check');
  if (rows.length > 0) throw new Error(`the migrations leave ${rows.length} rows with dangling foreign keys`);
}

/** A lock of its own, because `foreign_keys` can be turned on again only between transactions. */
async function prepare(dataSource: DataSource, writer: SqliteHandle, settings: DatabaseSettings): Promise<void> {
  const { prepare: work, migrationWaitMs } = settings;
  if (!work) return;
  await inExclusiveTransaction(writer, migrationWaitMs, async () => {
    const unit = new UnitOfWork('unit', new SqliteUnitAccess(dataSource, writer));
    const outcome = await unit.run(() => work(unit.manager), migrationWaitMs);
    if (!outcome.ok) throw outcome.error;
  });
}

async function inExclusiveTransaction(
  writer: SqliteHandle,
  patienceMs: number,
  work: () => Promise<void>,
): Promise<void> {
  await retryWhileBusy(patienceMs, () => writer.execute('BEGIN EXCLUSIVE'));
  try {
    await work();
    await writer.execute('COMMIT');
  } catch (error) {
    // SQLite may have rolled back by itself; the first error is the one to tell.
    await writer.execute('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** `manager.connection.transaction(…)` would begin a transaction inside whatever batch is running. */
function closeSideDoor(dataSource: DataSource): void {
  sqliteDriver(dataSource).createQueryRunner = () => {
    throw new Error('use the manager that the database door gives: the data source has no connection of its own');
  };
}
