import sqlite3 from 'sqlite3';
import { numberedPlaceholders } from '../placeholders';

export interface StatementResult {
  /** `undefined` for a write without RETURNING. */
  readonly rows: object[] | undefined;
  readonly affected: number;
  /** The row id of the latest insert on this connection. */
  readonly lastId: number;
}

interface PreparedStatement {
  readonly statement: sqlite3.Statement;
  /** A write without RETURNING: it yields no rows, and its count of changes is wanted. */
  readonly countsChanges: boolean;
}

const MAX_PREPARED = 500;
const WRITE = /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i;
const RETURNING = /\bRETURNING\b/i;

/**
 * One connection to a SQLite file, with its prepared statements. The caller runs one statement at a time: two at once
 * would hold two threads of libuv's pool, one of them only waiting for the other.
 */
export class SqliteHandle {
  /** Least recently used first. */
  private readonly prepared = new Map<string, PreparedStatement>();

  constructor(private readonly database: sqlite3.Database) {}

  static async openReadOnly(path: string, busyTimeoutMs: number): Promise<SqliteHandle> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened: sqlite3.Database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
        error ? reject(error) : resolve(opened),
      );
    });
    database.configure('busyTimeout', busyTimeoutMs);
    return new SqliteHandle(database);
  }

  /** Rejects with the driver's error (`code` is `SQLITE_…`). */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<StatementResult> {
    const { statement, countsChanges } = this.prepared.get(sql) ?? (await this.prepare(sql));
    this.touch(sql);
    return countsChanges ? runStatement(statement, parameters) : allRows(statement, parameters);
  }

  /** Statements without parameters and results, one after another up to the first that fails, in one trip. */
  script(...statements: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.database.exec(statements.join('; '), (error) => (error ? reject(error) : resolve()));
    });
  }

  /** SQLite refuses to close a connection that has prepared statements. */
  async forgetStatements(): Promise<void> {
    const statements = [...this.prepared.values()];
    this.prepared.clear();
    await Promise.all(statements.map(({ statement }) => finalize(statement)));
  }

  async close(): Promise<void> {
    await this.forgetStatements();
    await new Promise<void>((resolve, reject) => {
      this.database.close((error) => (error ? reject(error) : resolve()));
    });
  }

  private async prepare(sql: string): Promise<PreparedStatement> {
    const statement = await new Promise<sqlite3.Statement>((resolve, reject) => {
      this.database.prepare(numberedPlaceholders(sql), function (this: sqlite3.Statement, error: Error | null) {
        if (error) reject(error);
        else resolve(this);
      });
    });
    const prepared = { statement, countsChanges: WRITE.test(sql) && !RETURNING.test(sql) };
    this.prepared.set(sql, prepared);
    if (this.prepared.size > MAX_PREPARED) await this.evictOldest();
    return prepared;
  }

  private touch(sql: string): void {
    const prepared = this.prepared.get(sql);
    if (!prepared) return;
    this.prepared.delete(sql);
    this.prepared.set(sql, prepared);
  }

  private async evictOldest(): Promise<void> {
    const oldest = this.prepared.entries().next().value;
    if (!oldest) return;
    this.prepared.delete(oldest[0]);
    await finalize(oldest[1].statement);
  }
}

function runStatement(statement: sqlite3.Statement, parameters: readonly unknown[]): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    statement.run(parameters, function (this: sqlite3.RunResult, error: Error | null) {
      if (error) reject(error);
      else resolve({ rows: undefined, affected: this.changes, lastId: this.lastID });
    });
  });
}

/** Always to the last row: a statement left half read would keep its snapshot open, and the WAL would grow. */
function allRows(statement: sqlite3.Statement, parameters: readonly unknown[]): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    statement.all<object>(parameters, (error, rows) => {
      if (error) reject(error);
      else resolve({ rows, affected: rows.length, lastId: 0 });
    });
  });
}

function finalize(statement: sqlite3.Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => resolve());
  });
}
