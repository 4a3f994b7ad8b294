import pg from 'pg';
import type { Parameter, StoredDatabase } from './stored-database';

const CONNECT_TIMEOUT_MS = 5_000;
/** Counts and times: PostgreSQL gives them as text. */
const INT8 = 20;

/** One connection to a PostgreSQL server. */
export class PostgresConnection implements StoredDatabase {
  readonly engine = 'postgres';

  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<PostgresConnection> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      types: {
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
      },
    });
    // What a connection that breaks has to say comes with the query that it broke.
    client.on('error', () => undefined);
    await client.connect();
    return new PostgresConnection(client);
  }

  async query<Row>(sql: string, parameters: readonly Parameter[] = []): Promise<Row[]> {
    const { rows } = await this.client.query(sql, [...parameters]);
    return rows as Row[];
  }

  /** The server's version, such as 15. */
  async majorVersion(): Promise<number> {
    const [row] = await this.query<{ server_version_num: string }>('SHOW server_version_num');
    return Math.trunc(Number(row?.server_version_num) / 10_000);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
