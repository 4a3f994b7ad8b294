import type { DataSource, EntityManager } from 'typeorm';
import { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import type { SqlRunner, SqlValue } from '../database';
import type { UnitAccess, UnitOfWork } from '../unit-of-work';
import { endsTransaction } from './busy';
import { safeRows } from './safe-rows';
import type { SqliteHandle } from './sqlite-handle';
import { ExecuteStatement, queryFailure, SqliteRunner } from './sqlite-runner';

/** Gives a unit its manager and its SQL runner, both on the writer's connection and both through the unit's guard. */
export class SqliteUnitAccess implements UnitAccess {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handle: SqliteHandle,
  ) {}

  createManager(unit: UnitOfWork): EntityManager {
    const runner = SqliteRunner.inTransaction(sqliteDriver(this.dataSource), this.guarded(unit));
    return this.dataSource.createEntityManager(runner);
  }

  createSql(unit: UnitOfWork): SqlRunner {
    return sqlRunner(this.guarded(unit));
  }

  private guarded(unit: UnitOfWork): ExecuteStatement {
    return (sql, parameters) =>
      unit.execute(sql, async () => {
        try {
          return await this.handle.execute(sql, parameters);
        } catch (error) {
          if (endsTransaction(error)) unit.breakOff(error);
          throw error;
        }
      });
  }
}

export function sqlRunner(execute: ExecuteStatement): SqlRunner {
  return {
    async query<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
      try {
        const { rows } = await execute(sql, parameters);
        return safeRows(rows ?? []) as Row[];
      } catch (error) {
        throw queryFailure(sql, parameters, error);
      }
    },
  };
}

export function sqliteDriver(dataSource: DataSource): SqliteDriver {
  if (dataSource.driver instanceof SqliteDriver) return dataSource.driver;
  throw new Error(`not a SQLite data source: ${dataSource.options.type}`);
}
