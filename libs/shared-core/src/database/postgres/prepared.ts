import type { QueryResult } from 'pg';

/** What a connection and a pool have in common. */
export interface Queryable {
  query(config: { name?: string; text: string; values: unknown[] }): Promise<QueryResult<object>>;
}

const MAX_PREPARED = 500;

/**
 * Names for prepared statements. A connection keeps each that it has seen until it closes, so only the first 500 texts
 * get a name: enough for the code's own statements, a bound for texts that were put together.
 */
const names = new Map<string, string>();

function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= MAX_PREPARED) return known;
  const name = `aitbc_${names.size}`;
  names.set(sql, name);
  return name;
}

export async function queryPrepared(on: Queryable, sql: string, parameters: readonly unknown[]): Promise<object[]> {
  const { rows } = await on.query({ name: nameOf(sql), text: sql, values: [...parameters] });
  return rows;
}
