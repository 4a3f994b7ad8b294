import type { EntityManager } from 'typeorm';

export type DatabaseEngine = 'sqlite' | 'postgres';

/**
 * Raw SQL for the hot paths. Parameters are written `$1, $2, …` on both engines; a statement with `RETURNING` gives
 * its rows. Statements are prepared once and reused.
 */
export interface SqlRunner {
  query<Row extends object>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
}

export type SqlValue = string | number | boolean | null;

/**
 * The one door to the database. A unit of work (`write`) is all or nothing, isolated from every other unit, and its
 * promise resolves after the commit. A unit makes database calls only: no HTTP, no thread-pool work, no sleep.
 */
export interface Database {
  readonly engine: DatabaseEngine;
  /** Reads what is committed; inside a `write` it sees that unit's own changes. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Runs one unit of work. `write` inside `write` joins the outer unit; a failed inner unit dooms the outer one. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Like `read`, for prepared raw SQL. */
  readSql<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T>;
  /** Set-based SQL for many units at once: one savepoint for the set, no entity manager; same FIFO turn as `write`. */
  writeSet<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T>;
  /** Work that follows the commit of the current unit (a wake-up). May be lost in a crash: a sweep must cover it. */
  afterCommit(work: () => void): void;
  /** Resolves when the database answers a trivial query. */
  ping(): Promise<void>;
  /** Lets queued units finish, then closes every connection. */
  close(): Promise<void>;
}
