import type { Database, DatabaseEngine } from '../database/database';
import type { OpenDatabaseOptions } from '../database/database-options';
import { openDatabase } from '../database/open-database';
import { fullTests } from './full-tests';
import { startPostgres, TestPostgres } from './postgres';
import { TemporaryFolder, temporaryFolder } from './temporary-folder';

export interface EngineContext {
  readonly engine: DatabaseEngine;
  /** The URL of a new empty database. Use it to open the same database twice. */
  freshUrl(): Promise<string>;
  /** Opens a new empty database, or the one that `url` names. It is closed after the last test if it is not before. */
  openDatabase(options: Omit<OpenDatabaseOptions, 'url'> & { readonly url?: string }): Promise<Database>;
}

/**
 * Runs the same tests on SQLite, in a temporary file, and on a real PostgreSQL. Open databases in `beforeAll`,
 * `beforeEach` or a test; everything is closed and removed after the last test of each engine.
 */
export function describeOnEngines(name: string, tests: (context: EngineContext) => void): void {
  describeOn(['sqlite', 'postgres'], name, tests);
}

/**
 * The same for what lies above the SQL: routes, rules, steps. In the short form on SQLite alone, since the stores' own
 * tests run on both engines there, and the end-to-end suites ask every documented route on PostgreSQL.
 */
export function describeAboveStores(name: string, tests: (context: EngineContext) => void): void {
  describeOn(fullTests ? ['sqlite', 'postgres'] : ['sqlite'], name, tests);
}

function describeOn(engines: readonly DatabaseEngine[], name: string, tests: (context: EngineContext) => void): void {
  describe.each<DatabaseEngine>(engines)(`${name} (%s)`, (engine) => {
    const source: UrlSource = engine === 'sqlite' ? new SqliteFiles() : new PostgresDatabases();
    const opened: Database[] = [];
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
      await source.remove();
    });
    tests({
      engine,
      freshUrl: () => source.next(),
      async openDatabase(options) {
        const url = options.url ?? (await source.next());
        // A machine that stands still for a moment ends no unit, unless a test is about that.
        const database = await openDatabase({ unitLimitMs: 30_000, ...options, url });
        opened.push(database);
        return database;
      },
    });
  });
}

interface UrlSource {
  next(): Promise<string>;
  remove(): Promise<void>;
}

class SqliteFiles implements UrlSource {
  private folder: TemporaryFolder | undefined;
  private count = 0;

  next(): Promise<string> {
    this.folder ??= temporaryFolder();
    this.count += 1;
    return Promise.resolve(`sqlite:${this.folder.file(`${this.count}.db`)}`);
  }

  async remove(): Promise<void> {
    await this.folder?.remove();
  }
}

/** The server starts with the first database that is asked for. */
class PostgresDatabases implements UrlSource {
  private server: Promise<TestPostgres> | undefined;

  async next(): Promise<string> {
    this.server ??= startPostgres();
    return (await this.server).createDatabase();
  }

  async remove(): Promise<void> {
    await (await this.server)?.stop();
  }
}
