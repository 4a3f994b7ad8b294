import pg from 'pg';
import { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { DatabaseSettings } from '../database-options';
import { TypeOrmLog } from '../typeorm-log';
import { NUMBER_TYPES } from './number-types';

/** Units that run at once, each on a connection of its own. */
const WRITERS = 10;
const DEFAULT_READERS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** The advisory lock of our migrations: an arbitrary number, the same in every process and release. */
const MIGRATION_LOCK = 4_128_733_210;

export interface OpenedServer {
  readonly dataSource: DataSource;
  readonly driver: PostgresDriver;
  readonly writers: pg.Pool;
  readonly readers: pg.Pool;
}

export async function bootPostgres(url: string, settings: DatabaseSettings): Promise<OpenedServer> {
  const dataSource = await openDataSource(url, settings).initialize();
  const { driver } = dataSource;
  if (!(driver instanceof PostgresDriver)) throw new Error('not a PostgreSQL data source');
  const writers = driver.master as pg.Pool;
  try {
    await underMigrationLock(writers, settings.migrationWaitMs, async () => {
      // With no lock of their own: another process waits at ours, not at theirs. All or nothing.
      const done = await dataSource.runMigrations({ transaction: 'all' });
      for (const { name } of done) settings.logger.info('migrated', { migration: name });
      if (settings.prepare) await dataSource.transaction(settings.prepare);
    });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  closeSideDoor(driver);
  return { dataSource, driver, writers, readers: openReaders(url, settings) };
}

function openDataSource(url: string, settings: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    driver: pg,
    logger: new TypeOrmLog(settings.logger),
    entities: settings.entities,
    migrations: [...settings.migrations],
    poolSize: WRITERS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { types: NUMBER_TYPES },
    poolErrorHandler: (error: unknown) => settings.logger.warn('an idle database connection broke', { error }),
  });
}

/** Connections that refuse to write, so that a write through `read` fails here as it does on SQLite. */
function openReaders(url: string, settings: DatabaseSettings): pg.Pool {
  const readOnly = new URL(url);
  const given = readOnly.searchParams.get('options');
  readOnly.searchParams.set('options', [given, '-c default_transaction_read_only=on'].filter(Boolean).join(' '));
  const pool = new pg.Pool({
    connectionString: readOnly.href,
    max: settings.readers ?? DEFAULT_READERS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: NUMBER_TYPES,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => settings.logger.warn('an idle database connection broke', { error }));
  return pool;
}

/** A session lock on a connection of its own: it spans the several transactions of the work. */
async function underMigrationLock(pool: pg.Pool, patienceMs: number, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = ${Math.ceil(patienceMs)}`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work();
  } finally {
    // Closing the session frees the lock and forgets the setting, also after a failure.
    client.release(true);
  }
}

function closeSideDoor(driver: PostgresDriver): void {
  driver.createQueryRunner = () => {
    throw new Error('use the manager that the database door gives: the data source has no connection of its own');
  };
}
