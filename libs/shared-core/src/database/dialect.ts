import type { DatabaseEngine } from './database';

/**
 * The few places where the SQL of the two engines differs. A statement is written once, with these inside.
 *
 * One statement for many units, whatever their number (`$1` is `JSON.stringify(rows)`):
 *
 *     const batch = jsonRows(db.engine, '$1', 'b', { id: 'text', epoch: 'integer', done: 'boolean' });
 *     const rows = [{ id: 'exec_1', epoch: 7, done: true }];
 *     const kept = await db.writeSet((sql) =>
 *       sql.query<{ id: string }>(
 *         `UPDATE runs SET done = b.done FROM ${batch} WHERE runs.id = b.id AND runs.epoch = b.epoch RETURNING runs.id`,
 *         [JSON.stringify(rows)],
 *       ),
 *     );
 *
 * A row that did not come back did not meet the condition. `INSERT INTO t (…) SELECT b.id, … FROM ${batch}` works alike
 * (SQLite wants `WHERE true` before an `ON CONFLICT`).
 */

/** `text`, `integer` (64 bits) and `boolean`: the kinds whose values read alike from JSON on both engines. */
export type JsonColumnKind = 'text' | 'integer' | 'boolean';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const POSTGRES_TYPES: Record<JsonColumnKind, string> = { text: 'text', integer: 'bigint', boolean: 'boolean' };

/**
 * The FROM item for a JSON array of flat objects. A missing or `null` member is NULL. Columns are named as the members
 * are; name them in lower snake_case, so that they need no quotes.
 *
 * @param parameter the placeholder that carries the JSON text, `$1`
 * @param alias what the statement calls the rows
 */
export function jsonRows(
  engine: DatabaseEngine,
  parameter: string,
  alias: string,
  columns: Readonly<Record<string, JsonColumnKind>>,
): string {
  const entries = Object.entries(columns);
  for (const name of [alias, ...entries.map(([column]) => column)]) {
    if (!NAME.test(name)) throw new Error(`not a column name: ${name}`);
  }
  if (engine === 'postgres') {
    const typed = entries.map(([name, kind]) => `"${name}" ${POSTGRES_TYPES[kind]}`);
    return `jsonb_to_recordset(${parameter}::jsonb) AS ${alias}(${typed.join(', ')})`;
  }
  // Without the MATERIALIZED each column has its row's text made anew, which takes longer than all the rest.
  const extracted = entries.map(([name]) => `json_extract(value, '$."${name}"') AS "${name}"`);
  const rows = `WITH given AS MATERIALIZED (SELECT value FROM json_each(${parameter}))`;
  return `(${rows} SELECT ${extracted.join(', ')} FROM given) AS ${alias}`;
}

/** Ends a SELECT that claims rows: PostgreSQL passes over rows another claim has locked; SQLite has one writer. */
export function skipLocked(engine: DatabaseEngine): string {
  return engine === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
}

/** An expression: the database's clock, in whole milliseconds since 1970 (leases of several machines compare by it). */
export function databaseTime(engine: DatabaseEngine): string {
  return engine === 'postgres'
    ? '(extract(epoch FROM clock_timestamp()) * 1000)::bigint'
    : `CAST(round(unixepoch('subsec') * 1000) AS INTEGER)`;
}

/** A boolean column of a raw row: 0 or 1 on SQLite, a boolean on PostgreSQL. */
export function readFlag(value: unknown): boolean {
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw new TypeError(`not a flag: ${String(value)}`);
}
