import { setTimeout as delay } from 'node:timers/promises';
import sqlite3 from 'sqlite3';
import type { Parameter, StoredDatabase } from './stored-database';

/** How long it waits for a lock of somebody else; nobody holds one for long. */
const PATIENCE_MS = 5_000;
/** Pages of one step of a copy: a megabyte. */
const PAGES_OF_A_STEP = 256;

/** SQLite's online backup as the driver has it; the driver's types do not know it. */
interface SqliteCopy {
  readonly completed: boolean;
  readonly pageCount: number;
  readonly remaining: number;
  step(pages: number, done: Done<boolean>): void;
  finish(done: (error: Error | null) => void): void;
}

interface CopyingDatabase {
  backup(path: string, done: (error: Error | null) => void): SqliteCopy;
}

type Done<T> = (error: Error | null, value: T) => void;

/** One connection to a SQLite file, through the bare driver. */
export class SqliteConnection implements StoredDatabase {
  readonly engine = 'sqlite';

  private constructor(private readonly database: sqlite3.Database) {}

  /** @throws Error with the driver's `code` when there is no such file */
  static openReadOnly(path: string): Promise<SqliteConnection> {
    return SqliteConnection.open(path, sqlite3.OPEN_READONLY);
  }

  /** Makes no file. */
  static openExisting(path: string): Promise<SqliteConnection> {
    return SqliteConnection.open(path, sqlite3.OPEN_READWRITE);
  }

  private static async open(path: string, mode: number): Promise<SqliteConnection> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const database = new sqlite3.Database(path, mode, (error) => (error ? reject(error) : resolve()));
    await promise;
    database.configure('busyTimeout', PATIENCE_MS);
    return new SqliteConnection(database);
  }

  query<Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
    return settled<Row[]>((done) => this.database.all<Row>(sql, [...parameters], done));
  }

  /** Statements without results. */
  execute(sql: string): Promise<void> {
    return settled<void>((done) => this.database.exec(sql, (error) => done(error, undefined)));
  }

  /**
   * Copies page by page into another file. Between two steps it rests for as long as the step took, so that who writes
   * meanwhile has half of the disk. The caller must hold a snapshot: each write of another process would begin it anew.
   * @param afterStep is told how many pages are copied, and awaited
   */
  async copyTo(path: string, afterStep: (done: number, total: number) => Promise<void>): Promise<void> {
    const database = this.database as sqlite3.Database & CopyingDatabase;
    const copy = await settled<SqliteCopy>((done) => {
      const begun: SqliteCopy = database.backup(path, (error) => done(error, begun));
    });
    try {
      while (!copy.completed) {
        const began = performance.now();
        await settled<boolean>((done) => copy.step(PAGES_OF_A_STEP, done));
        await afterStep(copy.pageCount - copy.remaining, copy.pageCount);
        if (!copy.completed) await delay(performance.now() - began);
      }
    } finally {
      await settled<void>((done) => copy.finish((error) => done(error, undefined)));
    }
  }

  close(): Promise<void> {
    return settled<void>((done) => this.database.close((error) => done(error, undefined)));
  }
}

function settled<T>(work: (done: Done<T>) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  work((error, value) => (error ? reject(error) : resolve(value)));
  return promise;
}
