import { MAX_JOB_ATTEMPTS } from '@aitbc/coordinator-domain';
import type { SqlRunner, SqlValue } from '@aitbc/shared-core';
import type { Dialect } from './dialect';
import { numberFinished } from './number-finished';
import { from, to } from './transition';

/** What became of a job whose attempt ended without a result. */
export interface LostAttempt {
  readonly id: string;
  readonly state: 'QUEUED' | 'FAILED';
  readonly service_type: string;
}

/** Which running jobs lose their attempt: a condition whose parameters start at `$2` (`$1` is the error). */
interface Loss {
  readonly which: string;
  readonly parameters: readonly SqlValue[];
  readonly error: string;
  readonly retryable: boolean;
}

/**
 * Queues the jobs again, with a fresh time to live, or fails those that have no attempt left. `state = 'RUNNING'`
 * stands in each statement: a job that was finished, canceled or given to another miner meanwhile is left alone.
 */
async function loseAttempts(sql: SqlRunner, dialect: Dialect, loss: Loss): Promise<LostAttempt[]> {
  const again = loss.retryable ? `attempts < ${MAX_JOB_ATTEMPTS}` : '1 = 0';
  const lost = await sql.query<LostAttempt>(
    `UPDATE jobs SET
       state = CASE WHEN ${again} THEN ${to('requeued')} ELSE ${to('failed')} END,
       error = CASE WHEN ${again} THEN NULL ELSE CAST($1 AS text) || ' (attempt ' || attempts || ' of ${MAX_JOB_ATTEMPTS})' END,
       assigned_miner_id = CASE WHEN ${again} THEN NULL ELSE assigned_miner_id END,
       price = CASE WHEN ${again} THEN NULL ELSE price END,
       expires_at = CASE WHEN ${again} THEN ${dialect.now} + ttl_seconds * 1000 ELSE expires_at END,
       finished_at = CASE WHEN ${again} THEN NULL ELSE ${dialect.now} END,
       lease_expires_at = NULL, updated_at = ${dialect.now}
     WHERE ${from('requeued')} AND ${loss.which}
     RETURNING id, state, service_type`,
    [loss.error, ...loss.parameters],
  );
  const failed = lost.filter(({ state }) => state === 'FAILED').map(({ id }) => id);
  await numberFinished(sql, dialect, failed);
  return lost;
}

/** The attempt that miner `minerId` holds has failed. Gives nothing when it no longer holds it. */
export function failAttempt(
  sql: SqlRunner,
  dialect: Dialect,
  held: { jobId: string; minerId: string; attempt: number },
  failure: { error: string; retryable: boolean },
): Promise<LostAttempt[]> {
  const which = 'id = $2 AND assigned_miner_id = $3 AND attempts = $4';
  return loseAttempts(sql, dialect, { which, parameters: [held.jobId, held.minerId, held.attempt], ...failure });
}

/** The running jobs that have outlived their lease, the longest overdue first, at most `limit`. */
export function expiredLeases({ now, skipLocked }: Dialect, limit: number): string {
  return `SELECT l.id FROM jobs l WHERE l.state = 'RUNNING' AND l.lease_expires_at <= ${now}
          ORDER BY l.lease_expires_at LIMIT ${limit} ${skipLocked('l')}`;
}

export function loseExpiredLeases(sql: SqlRunner, dialect: Dialect, limit: number): Promise<LostAttempt[]> {
  const error = 'the miner did not renew its lease';
  return loseAttempts(sql, dialect, {
    which: `id IN (${expiredLeases(dialect, limit)})`,
    parameters: [],
    error,
    retryable: true,
  });
}

/** The miner was removed: all that it runs goes back to the queue. */
export function loseMinersJobs(sql: SqlRunner, dialect: Dialect, minerId: string): Promise<LostAttempt[]> {
  const error = 'the miner was removed';
  return loseAttempts(sql, dialect, {
    which: 'assigned_miner_id = $2',
    parameters: [minerId],
    error,
    retryable: true,
  });
}
