import type { DataSourceOptions, EntityManager, MigrationInterface } from 'typeorm';
import type { Logger } from '../logging/logger';

export type EntityList = NonNullable<DataSourceOptions['entities']>;
export type MigrationClass = new () => MigrationInterface;

export interface OpenDatabaseOptions {
  /** `sqlite:<path>` or `postgres://user:password@host:port/name`. */
  readonly url: string;
  readonly entities: EntityList;
  /** May be several lists concatenated; they run in the order of the time stamps in the class names. */
  readonly migrations: readonly MigrationClass[];
  /**
   * Runs on each start after the migrations, under the same lock between processes, as one transaction: what every
   * process shares and one of them must make (signing keys, the first admin key). Must be idempotent.
   */
  readonly prepare?: (manager: EntityManager) => Promise<void>;
  readonly logger?: Logger;
  /** Read connections: 2 on SQLite (each may hold a thread of libuv's pool of four), 10 on PostgreSQL by default. */
  readonly readers?: number;
  /** A unit that takes longer is rolled back, in milliseconds; 500 by default. */
  readonly unitLimitMs?: number;
  /** How long a unit waits for another process's lock, or is repeated, in milliseconds; 5,000 by default. */
  readonly lockWaitMs?: number;
  /** How long a start waits for another process's migrations, in milliseconds; 30,000 by default. */
  readonly migrationWaitMs?: number;
}

/** The options with every default filled in. */
export type DatabaseSettings = Required<Omit<OpenDatabaseOptions, 'prepare' | 'readers'>> &
  Pick<OpenDatabaseOptions, 'prepare' | 'readers'>;

export type UnitLimits = Pick<DatabaseSettings, 'unitLimitMs' | 'lockWaitMs'>;

const SILENT: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => SILENT,
};

/** @throws RangeError without at least one read connection */
export function withDefaults(options: OpenDatabaseOptions): DatabaseSettings {
  if (options.readers !== undefined && !(options.readers >= 1)) throw new RangeError('readers must be at least 1');
  return { logger: SILENT, unitLimitMs: 500, lockWaitMs: 5_000, migrationWaitMs: 30_000, ...definedOnly(options) };
}

/** An option given as `undefined` means its default. */
function definedOnly(options: OpenDatabaseOptions): OpenDatabaseOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as OpenDatabaseOptions;
}
