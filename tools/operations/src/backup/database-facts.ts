import type { StoredDatabase } from './stored-database';

/** What a copy of a database must have in common with it. */
export interface DatabaseFacts {
  /** Names of the migrations that made its tables, oldest first. */
  readonly migrations: readonly string[];
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of the newest event in the feed: the row id on SQLite, the id of a transaction on PostgreSQL. */
  readonly highestPlace: number;
}

const TABLES = {
  sqlite: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  postgres: `SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
};

/** Row ids of deleted events are not given again; the highest of them is noted. */
const HIGHEST_PLACE = {
  sqlite: `SELECT max(last_place, COALESCE((SELECT max(rowid) FROM execution_events), 0)) AS place FROM execution_feed`,
  postgres: 'SELECT COALESCE(max(commit_xid), 0) AS place FROM execution_events',
};

async function tableNames(database: StoredDatabase): Promise<string[]> {
  const rows = await database.query<{ name: string }>(TABLES[database.engine]);
  return rows.map(({ name }) => name);
}

/** Reads every table, so that it takes as long as they are large. */
export async function factsOf(database: StoredDatabase): Promise<DatabaseFacts> {
  const tables = await tableNames(database);
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await database.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM "${table}"`);
    counts[table] = row?.rows ?? 0;
  }
  const migrations = tables.includes('migrations')
    ? await database.query<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp')
    : [];
  const [highest] = tables.includes('execution_feed')
    ? await database.query<{ place: number }>(HIGHEST_PLACE[database.engine])
    : [];
  return { migrations: migrations.map(({ name }) => name), counts, highestPlace: highest?.place ?? 0 };
}
