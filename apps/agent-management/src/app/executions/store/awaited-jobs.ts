import type { SqlRunner } from '@aitbc/shared-core';

/** Jobs that waiting steps wait for, in the order of the index of waits. */
export const AWAITED_JOBS = `SELECT DISTINCT wait_ref AS id FROM agent_step_executions
  WHERE wait_kind = 'job' AND wait_ref > $1 AND status = 'waiting' ORDER BY wait_ref LIMIT $2`;

export async function awaitedJobs(sql: SqlRunner, after: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(AWAITED_JOBS, [after, limit]);
  return rows.map(({ id }) => id);
}
