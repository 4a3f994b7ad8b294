import pg from 'pg';
import { DataSource } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { DatabaseSettings } from '../database-options';
import { TypeOrmLog } from '../typeorm-log';
import { NUMBER_TYPES } from './number-types';

/** Units that run at once, each on a connection of its own. */
const WRITERS = 10;
/** Transactions of a single statement that are isolated as units are: there is one gatherer of them, and room for another. */
const SERIALIZABLE = 2;
/** For migrations and what follows them; closed when it has been idle for ten seconds. */
const BOOT_CONNECTIONS = 2;
const DEFAULT_READERS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** The advisory lock of our migrations: an arbitrary number, the same in every process and release. */
const MIGRATION_LOCK = 4_128_733_210;

export interface OpenedServer {
  readonly dataSource: DataSource;
  readonly driver: PostgresDriver;
  /** Units begin with the isolation that they need; what has no BEGIN is isolated as a set. */
  readonly writers: pg.Pool;
  /** What has no BEGIN is isolated as a unit. */
  readonly serializable: pg.Pool;
  readonly readers: pg.Pool;
}

export async function bootPostgres(url: string, settings: DatabaseSettings): Promise<OpenedServer> {
  const dataSource = await openDataSource(url, settings).initialize();
  const { driver } = dataSource;
  if (!(driver instanceof PostgresDriver)) throw new Error('not a PostgreSQL data source');
  try {
    await underMigrationLock(driver.master as pg.Pool, settings.migrationWaitMs, async () => {
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
  const ofWriter = ofWriters(settings);
  const writers = openPool(url, settings, { max: WRITERS, session: ofWriter });
  const serializable = openPool(url, settings, {
    max: SERIALIZABLE,
    session: { ...ofWriter, default_transaction_isolation: 'serializable' },
  });
  const readers = openPool(url, settings, { max: settings.readers ?? DEFAULT_READERS, session: OF_READERS });
  return { dataSource, driver, writers, serializable, readers };
}

function openDataSource(url: string, settings: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    driver: pg,
    logger: new TypeOrmLog(settings.logger),
    entities: settings.entities,
    migrations: [...settings.migrations],
    poolSize: BOOT_CONNECTIONS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { types: NUMBER_TYPES },
    poolErrorHandler: (error: unknown) => settings.logger.warn('an idle database connection broke', { error }),
  });
}

/** Settings of a session, by name. */
type Session = Readonly<Record<string, string | number>>;

/**
 * Plans that do not hang on statistics. What we ask goes by an index: rows by key, one after another, and pages in the
 * order of one. A planner that knows nothing of a young table, or last looked when it was small, prefers to read it as a
 * whole, and keeps doing so in the prepared statements of each connection until the next ANALYZE, a minute and ten thousands of rows later.
 * On top of that a sequential scan in a SERIALIZABLE transaction locks the table against every other one
 * (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-SERIALIZABLE). Where there is no index
 * PostgreSQL scans nevertheless. Compiling a plan takes longer than any of ours runs.
 */
const BY_INDEX: Session = { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off', jit: 'off' };

/** A write through `read` fails here as it does on SQLite. */
const OF_READERS: Session = { ...BY_INDEX, default_transaction_read_only: 'on' };

/**
 * The server stops a statement that outlives its unit, because the unit ends only after its statements. It gives up
 * waiting for a lock before that: PostgreSQL looks for deadlocks only after a second, when the limit has long passed.
 * As settings of the session they cost no statement at the beginning of each unit.
 */
function ofWriters({ unitLimitMs }: DatabaseSettings): Session {
  const limitMs = Math.ceil(unitLimitMs);
  return { ...BY_INDEX, statement_timeout: limitMs, lock_timeout: Math.ceil(limitMs / 2) };
}

/** Connections whose sessions begin with these settings, in addition to those that the URL gives. */
function openPool(url: string, { logger }: DatabaseSettings, options: { max: number; session: Session }): pg.Pool {
  const withSession = new URL(url);
  const given = withSession.searchParams.get('options');
  const own = Object.entries(options.session).map(([name, value]) => `-c ${name}=${value}`);
  withSession.searchParams.set('options', [given, ...own].filter(Boolean).join(' '));
  const pool = new pg.Pool({
    connectionString: withSession.href,
    max: options.max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: NUMBER_TYPES,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => logger.warn('an idle database connection broke', { error }));
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
