import type { SqlRunner } from '@aitbc/shared-core';
import type { Dialect } from './dialect';
import { from, to } from './transition';

/**
 * Renews the leases of a miner. With `inflight` only of the jobs it names: one that the miner has lost track of (it was
 * restarted) must run out and go to another one.
 */
export async function renewLeases(
  sql: SqlRunner,
  dialect: Dialect,
  minerId: string,
  leaseMs: number,
  inflight: readonly string[] | undefined,
): Promise<string[]> {
  const named = inflight ? `AND id IN (SELECT n.value FROM ${dialect.texts('$3', 'n')})` : '';
  const parameters = inflight ? [minerId, leaseMs, JSON.stringify(inflight)] : [minerId, leaseMs];
  const rows = await sql.query<{ id: string }>(
    `UPDATE jobs SET lease_expires_at = ${dialect.now} + $2
     WHERE state = 'RUNNING' AND assigned_miner_id = $1 ${named}
     RETURNING id`,
    parameters,
  );
  return rows.map(({ id }) => id);
}

/** Jobs that were canceled in the last `withinMs` while this miner ran them. */
export async function recentlyCanceled(
  sql: SqlRunner,
  dialect: Dialect,
  minerId: string,
  withinMs: number,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT id FROM jobs WHERE assigned_miner_id = $1 AND state = 'CANCELED' AND finished_at > ${dialect.now} - $2
     ORDER BY id`,
    [minerId, withinMs],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes back a claim that never reached the miner (its connection closed while the statement ran), without counting
 * the attempt.
 */
export async function handBack(
  sql: SqlRunner,
  dialect: Dialect,
  held: { jobId: string; minerId: string; attempt: number },
): Promise<void> {
  await sql.query(
    `UPDATE jobs SET state = ${to('requeued')}, attempts = attempts - 1, assigned_miner_id = NULL, lease_expires_at = NULL,
       price = NULL, started_at = NULL, updated_at = ${dialect.now}
     WHERE id = $1 AND ${from('requeued')} AND assigned_miner_id = $2 AND attempts = $3`,
    [held.jobId, held.minerId, held.attempt],
  );
}
