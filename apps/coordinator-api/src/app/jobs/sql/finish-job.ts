import type { SqlRunner } from '@aitbc/shared-core';
import type { Dialect } from './dialect';
import { numberFinished } from './number-finished';
import { from, to } from './transition';

/** The result of one attempt, with the receipt that was signed for it. */
export interface Completion {
  readonly jobId: string;
  readonly minerId: string;
  readonly attempt: number;
  /** Canonical JSON. */
  readonly result: string;
  /** JSON of the miner's measurements. */
  readonly metrics: string | null;
  readonly completedAt: number;
}

/**
 * Records the result if that miner still holds that attempt; `false` (and nothing written) when the lease went to
 * another one, or the job ended otherwise, while the receipt was being signed.
 */
export async function completeJob(sql: SqlRunner, dialect: Dialect, done: Completion): Promise<boolean> {
  const rows = await sql.query<{ id: string }>(
    `UPDATE jobs SET state = ${to('completed')}, result = $4, metrics = $5, finished_at = $6, updated_at = $6,
       lease_expires_at = NULL
     WHERE id = $1 AND ${from('completed')} AND assigned_miner_id = $2 AND attempts = $3
     RETURNING id`,
    [done.jobId, done.minerId, done.attempt, done.result, done.metrics, done.completedAt],
  );
  await numberFinished(sql, dialect, idsOf(rows));
  return rows.length > 0;
}

/** Cancels a job that is not final. The miner's id stays on it, so that its next heartbeat can tell it to stop. */
export async function cancelJob(sql: SqlRunner, dialect: Dialect, jobId: string): Promise<boolean> {
  const rows = await sql.query<{ id: string }>(
    `UPDATE jobs SET state = ${to('canceled')}, finished_at = ${dialect.now}, updated_at = ${dialect.now},
       lease_expires_at = NULL
     WHERE id = $1 AND ${from('canceled')}
     RETURNING id`,
    [jobId],
  );
  await numberFinished(sql, dialect, idsOf(rows));
  return rows.length > 0;
}

/** The queued jobs whose time to live is over, at most `limit`. */
export function overdueJobs({ now, skipLocked }: Dialect, limit: number): string {
  return `SELECT o.id FROM jobs o WHERE o.${from('expired')} AND o.expires_at <= ${now}
          ORDER BY o.expires_at LIMIT ${limit} ${skipLocked('o')}`;
}

/** Ends jobs that nobody took in time; gives their ids. */
export async function expireJobs(sql: SqlRunner, dialect: Dialect, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `UPDATE jobs SET state = ${to('expired')}, error = 'no miner took the job within its time to live',
       finished_at = ${dialect.now}, updated_at = ${dialect.now}
     WHERE ${from('expired')} AND id IN (${overdueJobs(dialect, limit)})
     RETURNING id`,
  );
  await numberFinished(sql, dialect, idsOf(rows));
  return idsOf(rows);
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
