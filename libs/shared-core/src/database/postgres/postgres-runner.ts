import type { Pool, PoolClient } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { SqlRunner, SqlValue } from '../database';
import { transactionControlRefused } from '../database-errors';
import { statementKind } from '../transaction-sql';
import type { UnitOfWork } from '../unit-of-work';
import { queryPrepared, Queryable } from './prepared';

/** TypeORM's query runner on a unit's connection, inside the transaction that was begun there. */
export class PostgresUnitRunner extends PostgresQueryRunner {
  constructor(
    driver: PostgresDriver,
    private readonly unit: UnitOfWork,
    client: PoolClient,
  ) {
    super(driver, 'master');
    this.databaseConnection = client;
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override query<T>(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<T> {
    return this.unit.execute(sql, () => super.query(sql, parameters, useStructuredResult) as Promise<T>);
  }

  /** Would read from the connection past the unit's guard. */
  override stream(): never {
    throw new Error('streams are not available inside a unit of work');
  }
}

/** For `read`: each statement on whichever connection of the read-only pool is free. */
export class PostgresReadRunner extends PostgresQueryRunner {
  constructor(
    driver: PostgresDriver,
    private readonly pool: Pool,
  ) {
    super(driver, 'master');
  }

  /** TypeORM calls nothing but `query` on what this gives, which a pool has as well. */
  override connect(): Promise<Pool> {
    return Promise.resolve(this.pool);
  }

  override async query<T>(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<T> {
    statementKind(sql);
    return super.query(sql, parameters, useStructuredResult) as Promise<T>;
  }

  override startTransaction(): Promise<void> {
    return Promise.reject(transactionControlRefused());
  }
}

/** Raw prepared SQL; `guard` stands between the caller and the connection. */
export function postgresSql(
  on: Queryable,
  guard: (sql: string, dispatch: () => Promise<object[]>) => Promise<object[]>,
): SqlRunner {
  return {
    async query<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
      const rows = await guard(sql, () =>
        queryPrepared(on, sql, parameters).catch((error: unknown) => {
          throw error instanceof Error && 'severity' in error
            ? new QueryFailedError(sql, [...parameters], error)
            : error;
        }),
      );
      return rows as Row[];
    },
  };
}
