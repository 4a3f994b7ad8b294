import type { Database } from '../database/database';
import { cached, type MetricsSource } from './metrics-source';

/** PostgreSQL looks at each of its files to tell. */
const LOOK_EVERY_MS = 15_000;

interface Size {
  readonly bytes: number;
  /** Of these, how many hold nothing; 0 on PostgreSQL, where only each table knows. */
  readonly free: number;
}

const SQLITE_SIZE = `
  SELECT page_count * page_size AS bytes, freelist_count * page_size AS free
  FROM pragma_page_count, pragma_page_size, pragma_freelist_count`;
const POSTGRES_SIZE = 'SELECT pg_database_size(current_database()) AS bytes, 0 AS free';

/** How large the database is. */
export function databaseSizeMetrics(db: Pick<Database, 'engine' | 'readSql'>): MetricsSource[] {
  const read = cached(() => sizeOf(db), LOOK_EVERY_MS);
  const source = (name: string, help: string, value: (size: Size) => number): MetricsSource => ({
    ...{ name, help, kind: 'gauge' },
    collect: async () => [{ value: value(await read()) }],
  });
  return [
    source('aitbc_db_size_bytes', 'Size of the database, without its write-ahead log.', ({ bytes }) => bytes),
    source('aitbc_db_free_bytes', 'Of that, what holds nothing and will be used again (SQLite).', ({ free }) => free),
  ];
}

async function sizeOf(db: Pick<Database, 'engine' | 'readSql'>): Promise<Size> {
  const [row] = await db.readSql((sql) => sql.query<Size>(db.engine === 'sqlite' ? SQLITE_SIZE : POSTGRES_SIZE));
  if (!row) throw new Error('the database does not tell its size');
  return row;
}
