import type { DatabaseEngine, SqlRunner } from '@aitbc/shared-core';

/**
 * Locks rows in the order of their ids before a statement changes many of them. On PostgreSQL a joined UPDATE takes its
 * locks in whatever order its plan meets the rows: a batch of commits and a renewal of the same leases would wait for each
 * other in a circle. SQLite has one writer. One row needs no order.
 */
export async function lockInOrder(
  sql: SqlRunner,
  engine: DatabaseEngine,
  table: 'agent_executions' | 'agent_step_executions',
  ids: readonly string[],
): Promise<void> {
  if (engine === 'sqlite' || ids.length < 2) return;
  await sql.query(
    `SELECT id FROM ${table} WHERE id IN (SELECT jsonb_array_elements_text($1::jsonb))
      ORDER BY id FOR NO KEY UPDATE`,
    [JSON.stringify(ids)],
  );
}
