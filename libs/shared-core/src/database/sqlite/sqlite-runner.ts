import { QueryFailedError, QueryResult } from 'typeorm';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import { SqliteQueryRunner } from 'typeorm/driver/sqlite/SqliteQueryRunner.js';
import { transactionControlRefused } from '../database-errors';
import type { StatementResult } from './sqlite-handle';

export type ExecuteStatement = (sql: string, parameters: readonly unknown[]) => Promise<StatementResult>;

/**
 * TypeORM's query runner, sent through `execute` instead of the driver's one shared connection. TypeORM hands out a
 * single runner for all callers; ours is one for each unit, so no caller shares another's transaction state.
 */
export class SqliteRunner extends SqliteQueryRunner {
  constructor(
    driver: SqliteDriver,
    private readonly execute: ExecuteStatement,
  ) {
    super(driver);
  }

  /**
   * A runner inside a transaction that the writer opened: `save` then begins none of its own, and
   * `manager.transaction` makes a savepoint.
   */
  static inTransaction(driver: SqliteDriver, execute: ExecuteStatement): SqliteRunner {
    const runner = new SqliteRunner(driver, execute);
    runner.isTransactionActive = true;
    runner.transactionDepth = 1;
    return runner;
  }

  override async query<T>(sql: string, parameters: unknown[] = [], useStructuredResult = false): Promise<T> {
    const done = await this.execute(sql, parameters).catch((error: unknown) => {
      throw queryFailure(sql, parameters, error);
    });
    const raw: unknown = done.rows ?? (/^\s*INSERT\b/i.test(sql) ? done.lastId : undefined);
    if (!useStructuredResult) return raw as T;
    const result = new QueryResult();
    result.raw = raw;
    result.records = done.rows ?? [];
    result.affected = done.affected;
    return result as T;
  }
}

/** For `read`: its connections cannot write, and nothing keeps a snapshot open across awaits. */
export class SqliteReadRunner extends SqliteRunner {
  override startTransaction(): Promise<void> {
    return Promise.reject(transactionControlRefused());
  }
}

/** Errors of the driver in TypeORM's form; ours (the unit has ended) as they are. */
export function queryFailure(sql: string, parameters: readonly unknown[], error: unknown): unknown {
  return isSqliteError(error) ? new QueryFailedError(sql, [...parameters], error) : error;
}

/** By shape: the driver is native, and its errors are no `instanceof` the `Error` of a test's realm. */
function isSqliteError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'errno' in error && !(error instanceof QueryFailedError);
}
