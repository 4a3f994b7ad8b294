import type { SqlRunner } from '@aitbc/shared-core';
import type { Dialect } from './dialect';
import { from, to } from './transition';

/** A job as the claiming statement hands it over; PostgreSQL gives 64-bit numbers as text. */
export interface ClaimedRow {
  readonly id: string;
  readonly service_type: string;
  readonly service_request: string;
  readonly constraints: string;
  readonly attempts: number;
  readonly lease_expires_at: number | string;
  readonly trace_parent: string | null;
}

/**
 * The oldest queued job that miner `$1` may take now; every constraint is compared here. GPU name and memory must be
 * met by one and the same GPU. The miner comes first in the (forced) join
 * order, and the time is compared by a difference, which no index serves: else SQLite takes the index of `expires_at`
 * and sorts the whole queue, instead of walking it in the order of ids to the first match.
 */
export function matchingJob({ now, texts, objects }: Dialect): string {
  return `
    SELECT j.id FROM miners m CROSS JOIN jobs j
    WHERE m.id = $1 AND m.removed_at IS NULL
      AND (SELECT count(*) FROM jobs r WHERE r.state = 'RUNNING' AND r.assigned_miner_id = m.id) < m.concurrency
      AND j.${from('claimed')} AND j.expires_at - ${now} > 0
      AND (m.services IS NULL OR j.service_type IN (SELECT s.value FROM ${texts('m.services', 's')}))
      AND (j.need_cuda IS NULL OR j.need_cuda <= m.cuda_number)
      AND (j.need_region IS NULL OR j.need_region = m.region)
      AND (j.max_price IS NULL OR j.max_price >= m.price)
      AND (j.need_gpu IS NULL AND j.need_vram_mb IS NULL OR EXISTS (
        SELECT 1 FROM ${objects('m.gpus', 'g')}
        WHERE (j.need_gpu IS NULL OR g.value ->> 'name' = j.need_gpu)
          AND (j.need_vram_mb IS NULL OR CAST(g.value ->> 'memory_mb' AS integer) >= j.need_vram_mb)))
      AND (j.need_models IS NULL OR NOT EXISTS (
        SELECT 1 FROM ${texts('j.need_models', 'w')}
        WHERE w.value NOT IN (SELECT h.value FROM ${texts('m.models', 'h')})))
    ORDER BY j.id LIMIT 1`;
}

/**
 * Gives the oldest matching job to a miner, with a lease and the miner's price of this moment. One statement: two
 * miners that ask at once can not both get a row out of `state = 'QUEUED'`.
 */
export function claimStatement(dialect: Dialect): string {
  return `
    UPDATE jobs SET state = ${to('claimed')}, attempts = attempts + 1, assigned_miner_id = $1,
      price = (SELECT price FROM miners WHERE id = $1),
      started_at = ${dialect.now}, updated_at = ${dialect.now}, lease_expires_at = ${dialect.now} + $2
    WHERE ${from('claimed')} AND id = (${matchingJob(dialect)} ${dialect.skipLocked('j')})
    RETURNING id, service_type, service_request, constraints, attempts, lease_expires_at, trace_parent`;
}

export async function claimJob(
  sql: SqlRunner,
  dialect: Dialect,
  minerId: string,
  leaseMs: number,
): Promise<ClaimedRow | undefined> {
  // Two polls of one miner, each in a snapshot without the other's job, would exceed its concurrency by one.
  await sql.query(`SELECT id FROM miners WHERE id = $1 ${dialect.forUpdate}`, [minerId]);
  const [row] = await sql.query<ClaimedRow>(claimStatement(dialect), [minerId, leaseMs]);
  return row;
}

/** Whether a claim would find something: a read, so that idle miners do not queue for the writer. */
export async function hasMatchingJob(sql: SqlRunner, dialect: Dialect, minerId: string): Promise<boolean> {
  const rows = await sql.query(matchingJob(dialect), [minerId]);
  return rows.length > 0;
}
