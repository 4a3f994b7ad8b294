import type { SqlRunner } from '@aitbc/shared-core';
import type { Dialect } from './dialect';

/**
 * Gives jobs that became final in this unit their places in the feed. Raising the counter locks its row until the
 * commit: a concurrent unit gets its numbers only after these are visible, so no reader can pass over one.
 */
export async function numberFinished(sql: SqlRunner, dialect: Dialect, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length === 0) return;
  const [feed] = await sql.query<{ last_seq: number | string }>(
    'UPDATE job_feed SET last_seq = last_seq + $1 WHERE id = 1 RETURNING last_seq',
    [jobIds.length],
  );
  if (!feed) throw new Error('the table job_feed has lost its row');
  const before = Number(feed.last_seq) - jobIds.length;
  await sql.query(
    `UPDATE jobs SET finished_seq = $1 + f.position FROM ${dialect.texts('$2', 'f')} WHERE jobs.id = f.value`,
    [before, JSON.stringify(jobIds)],
  );
}
