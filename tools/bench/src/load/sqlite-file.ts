import sqlite3 from 'sqlite3';

type Parameters = Readonly<Record<string, string | number>> | readonly (string | number)[];

/** A SQLite file through the bare driver, as durable as the services' own connections. */
export class SqliteFile {
  private constructor(private readonly connection: sqlite3.Database) {}

  static async open(file: string): Promise<SqliteFile> {
    const opened = Promise.withResolvers<void>();
    const connection = new sqlite3.Database(file, settle(opened));
    await opened.promise;
    const database = new SqliteFile(connection);
    connection.configure('busyTimeout', 10_000);
    await database.run('PRAGMA journal_mode = WAL');
    await database.run('PRAGMA synchronous = FULL');
    return database;
  }

  async run(sql: string, parameters: Parameters = []): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.connection.run(sql, parameters, settle(done));
    return done.promise;
  }

  async all<Row>(sql: string): Promise<Row[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    this.connection.all<Row>(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
    return promise;
  }

  async prepare(sql: string): Promise<PreparedStatement> {
    const prepared = Promise.withResolvers<void>();
    const statement = this.connection.prepare(sql, settle(prepared));
    await prepared.promise;
    return new PreparedStatement(statement);
  }

  async close(): Promise<void> {
    const closed = Promise.withResolvers<void>();
    this.connection.close(settle(closed));
    return closed.promise;
  }
}

export class PreparedStatement {
  constructor(private readonly statement: sqlite3.Statement) {}

  async run(...parameters: (string | number)[]): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.statement.run(parameters, settle(done));
    return done.promise;
  }

  async get<Row>(...parameters: (string | number)[]): Promise<Row | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Row | undefined>();
    this.statement.get<Row>(parameters, (error, row) => (error ? reject(error) : resolve(row)));
    return promise;
  }

  /** A database does not close while one of its statements is open. */
  async finish(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.statement.finalize((error: Error | null | undefined) => (error ? reject(error) : resolve()));
    return promise;
  }
}

function settle({ resolve, reject }: PromiseWithResolvers<void>): (error: Error | null) => void {
  return (error) => (error ? reject(error) : resolve());
}
