import type { EntityManager } from 'typeorm';
import type { DatabaseStats, ExpectedStatement, SqlRunner } from '../database';
import type { EngineAdapter } from '../database-door';
import type { DatabaseSettings } from '../database-options';
import { newCounters } from '../unit-counters';
import { UnitKind, UnitOfWork } from '../unit-of-work';
import { ReaderPool } from './reader-pool';
import { sqliteDriver, sqlRunner, SqliteUnitAccess } from './sqlite-access';
import { bootSqlite, OpenedFile } from './sqlite-boot';
import { SqliteReadRunner } from './sqlite-runner';
import { SqliteWriter } from './sqlite-writer';

const DEFAULT_READERS = 2;

async function freePages(sql: SqlRunner): Promise<number> {
  const [row] = await sql.query<{ pages: number }>('SELECT freelist_count AS pages FROM pragma_freelist_count');
  return row?.pages ?? 0;
}

/** One file: one writer connection, a few read-only ones. */
export class SqliteEngine implements EngineAdapter {
  readonly engine = 'sqlite';
  readonly readManager: EntityManager;
  readonly readRunner: SqlRunner;
  private readonly access: SqliteUnitAccess;
  private readonly writer: SqliteWriter;
  private readonly counters = newCounters();

  private constructor(
    private readonly file: OpenedFile,
    private readonly readers: ReaderPool,
    settings: DatabaseSettings,
  ) {
    const { dataSource, writer } = file;
    const execute = (sql: string, parameters: readonly unknown[]) => readers.execute(sql, parameters);
    // One stateless runner serves all reads: the pool chooses a connection for each statement.
    this.readManager = dataSource.createEntityManager(new SqliteReadRunner(sqliteDriver(dataSource), execute));
    this.readRunner = sqlRunner(execute);
    this.access = new SqliteUnitAccess(dataSource, writer);
    this.writer = new SqliteWriter(writer, settings, this.counters, settings.logger);
  }

  /** @param path the file; made with its folder if absent. */
  static async open(path: string, settings: DatabaseSettings): Promise<SqliteEngine> {
    const file = await bootSqlite(path, settings);
    try {
      const readers = await ReaderPool.open(path, settings.readers ?? DEFAULT_READERS);
      return new SqliteEngine(file, readers, settings);
    } catch (error) {
      await file.writer.close();
      throw error;
    }
  }

  transact<T>(kind: UnitKind, work: (unit: UnitOfWork) => Promise<T>, patience?: number): Promise<T> {
    return this.writer.submit(new UnitOfWork(kind, this.access, patience), work);
  }

  writeAtOnce(_kind: UnitKind, build: () => readonly ExpectedStatement[] | undefined): Promise<boolean> {
    return this.writer.submitAtOnce(build);
  }

  /** The pages move within the writer's transaction, like any other change. */
  reclaimPages(maxPages: number): Promise<number> {
    return this.transact('set', async (unit) => {
      const before = await freePages(unit.sql);
      if (before === 0) return 0;
      const pragma = `PRAGMA incremental_vacuum(${Math.max(1, Math.trunc(maxPages))})`;
      // Past the unit's guard, which takes no pragma from callers.
      await unit.execute('incremental vacuum', () => this.file.writer.execute(pragma));
      return before - (await freePages(unit.sql));
    });
  }

  async ping(): Promise<void> {
    await this.readers.execute('SELECT 1', []);
  }

  stats(): DatabaseStats {
    return { ...this.counters, unitsWaiting: this.writer.waiting };
  }

  /** The writer last: closing the last connection that can write checkpoints the WAL and removes it. */
  async close(): Promise<void> {
    await this.writer.drain();
    await this.readers.close();
    await this.file.writer.close();
  }
}
