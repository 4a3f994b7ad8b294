/** A value that a statement is given. */
export type Parameter = string | number | null;

/**
 * A database that is read as it is stored, past all entities: what is judged here may have been written by any release.
 * `$1`, `$2`, … must stand in a statement in this order, each once: SQLite goes by the order.
 */
export interface StoredDatabase {
  readonly engine: 'sqlite' | 'postgres';
  query<Row>(sql: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Something that takes long, as it goes on. */
export type OnProgress = (done: number, total: number) => void;

/** How many rows a table has in all, page after page of it; nothing is kept of a page when the next one is read. */
export async function* pagesOf<Row extends { readonly id: string }>(
  database: StoredDatabase,
  sql: string,
): AsyncGenerator<Row[]> {
  for (let after = ''; ;) {
    const rows = await database.query<Row>(sql, [after]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}
