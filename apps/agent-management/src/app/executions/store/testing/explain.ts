import type { Database, SqlRunner, SqlValue } from '@aitbc/shared-core';

/**
 * The query plan as one text; on PostgreSQL with sequential scans priced out, since the tables of tests are small. On SQLite
 * an explained statement keeps the snapshot of its connection: explain last.
 */
export function explain(db: Database, statement: string, parameters: SqlValue[] = []): Promise<string> {
  if (db.engine === 'sqlite') return db.readSql((sql) => planText(sql, `EXPLAIN QUERY PLAN ${statement}`, parameters));
  return db.writeSet(async (sql) => {
    await sql.query('SET LOCAL enable_seqscan = off');
    return planText(sql, `EXPLAIN ${statement}`, parameters);
  });
}

async function planText(sql: SqlRunner, statement: string, parameters: SqlValue[]): Promise<string> {
  const rows = await sql.query<Record<string, unknown>>(statement, parameters);
  return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n');
}
