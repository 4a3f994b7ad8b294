import type { EntityManager } from 'typeorm';
import type { Channel, ChannelListener } from './channel';

export type DatabaseEngine = 'sqlite' | 'postgres';

export type SqlValue = string | number | boolean | null;

/**
 * Raw SQL for the hot paths. Parameters are written `$1, $2, …` on both engines; a statement with `RETURNING` gives
 * its rows. Statements are prepared once and reused.
 *
 * Where the engines differ: SQLite reads a boolean column as 0 or 1 (`readFlag` makes it a boolean), and binds a whole
 * number above 2³¹ as a real (compare and store it freely, `CAST` it before dividing). Whole numbers that JavaScript
 * cannot hold exactly are refused with a `RangeError` on both.
 */
export interface SqlRunner {
  query<Row extends object>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
}

/** A write, or a question, of a transaction that is known beforehand. */
export interface ExpectedStatement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** How many rows it changes; or, of a question, the whole number that it answers with. Without it any will do. */
  readonly expected?: number;
}

/**
 * The one door to the database. A unit of work (`write`) is all or nothing, isolated from every other unit, and its
 * promise resolves after the commit. A unit makes database calls only (no HTTP, no thread-pool work, no sleep), awaits
 * each of them, and may be run more than once (after a serialization failure of PostgreSQL, when the
 * database held it up past the limit, and once when it passed the limit by itself), so it changes nothing outside the database. It is rolled back, and its promise rejects, when
 *
 * - `work` throws, or a `write` or `writeSet` that joined it threw, whether or not the throw was caught;
 * - one of its statements failed, whether or not that was caught: PostgreSQL has given up the transaction by then, and
 *   SQLite is made to behave alike. To survive a failure expect it with `ON CONFLICT`, or put the statement into a
 *   nested `manager.transaction` (a savepoint; one at a time);
 * - it takes longer than the unit limit (500 ms), and once more longer than four times that, or returns while a statement of its own is still running.
 *
 * The manager and the runner of a unit end with it: any later use throws.
 *
 * When the database is not there (it restarts, its disk is full, its file stays locked) every call rejects with
 * `dependency_unavailable`, and the driver's error is the cause.
 */
export interface Database {
  readonly engine: DatabaseEngine;
  /** Reads what is committed; inside a `write` it sees that unit's own changes. Each statement has its own snapshot. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Runs one unit of work. `write` inside `write` joins the outer unit; a failed inner unit dooms the outer one. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Like `read`, for prepared raw SQL. */
  readSql<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T>;
  /**
   * Set-based SQL for many units at once: one savepoint for the set, no entity manager; same FIFO turn as `write`, and
   * inside a `write` it joins. On PostgreSQL it is READ COMMITTED, not SERIALIZABLE: each statement carries its own
   * conditions (`WHERE lease_epoch = …`) and tells by `RETURNING` which rows still met them. `write` inside a set is
   * refused, because it would be promised an isolation that the set does not have.
   */
  writeSet<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T>;
  /**
   * A transaction whose statements are known before it begins, in a single trip: it waits for a busy event loop once,
   * however many its statements. No statement may build on what another one writes: SQLite runs them in their order,
   * PostgreSQL shows each of them the database as it was before. `build` is called when its turn has come; `undefined`
   * calls it off. Never inside a unit of work.
   *
   * Resolves with `true` after the commit. With `false` nothing was written: a number was not the expected one, or a
   * statement failed. `write` then tells why.
   * @param as isolated as `writeSet` is, or as `write`
   */
  writeAtOnce(as: 'set' | 'unit', build: () => readonly ExpectedStatement[] | undefined): Promise<boolean>;
  /**
   * Work that follows the commit of the current unit (a wake-up); dropped when the unit is rolled back; run at once
   * outside a unit. What it throws is logged. May be lost in a crash: a sweep must cover it.
   */
  afterCommit(work: () => void): void;
  /**
   * Texts to and from the other processes of this database, on PostgreSQL; SQLite has nothing that could carry them. The
   * name is of lower-case letters and `_`. What `close` finds open, it closes.
   */
  openChannel(name: string, listener: ChannelListener): Channel | undefined;
  /**
   * Gives pages that hold nothing any more back to the file system, at most `maxPages`, in a unit of its own; how many
   * went. None where there are none, in a SQLite file that was made without incremental vacuum, and on PostgreSQL, whose
   * autovacuum sees to it.
   */
  reclaimPages(maxPages: number): Promise<number>;

  /** Whether the caller is inside a unit of work, so that its reads must see what that unit has written. */
  inUnit(): boolean;
  /** Resolves when the database answers a trivial query. */
  ping(): Promise<void>;
  /** Counters since the start of the process, for the metrics endpoint. */
  stats(): DatabaseStats;
  /** Lets queued units finish, then closes every connection. New calls are refused with `draining`. */
  close(): Promise<void>;
}

/** Counters of the write side; all but the gauges only grow. */
export interface DatabaseStats {
  readonly unitsCommitted: number;
  readonly unitsRolledBack: number;
  /** Units rolled back because they took longer than the unit limit (also in `unitsRolledBack`). */
  readonly unitsTimedOut: number;
  /** Transactions of the database: on SQLite one holds many units, on PostgreSQL each attempt of a unit is one. */
  readonly batches: number;
  /** Gauge: units committed by the latest batch. */
  readonly lastBatchSize: number;
  /** Gauge: units that wait for their turn (SQLite) or run (PostgreSQL). */
  readonly unitsWaiting: number;
  /** Milliseconds spent waiting for the write lock (SQLite) or backing off before a retry (PostgreSQL). */
  readonly writerWaitMs: number;
  /** Refused lock attempts (SQLite) or repeated units (PostgreSQL). */
  readonly retries: number;
}
