import type { ClaimRequest, ExecutionState } from '@aitbc/execution-engine';
import { type DatabaseEngine, skipLocked, type SqlRunner } from '@aitbc/shared-core';
import { type ExecutionRow, stateOf } from './execution-rows';
import { nowOr } from './lease-time';
import { loadSteps } from './load';

/**
 * Takes due executions for a worker. While a lease is held, `wake_at` is its end: a lease that runs out is simply due
 * again, and one index finds both. One statement, so that no execution goes to two workers.
 * @param request its `now` is null where the database's clock counts
 */
export async function claim(
  sql: SqlRunner,
  engine: DatabaseEngine,
  request: Omit<ClaimRequest, 'now'> & { readonly now: number | null },
): Promise<ExecutionState[]> {
  const { workerId, now, leaseMs, limit } = request;
  const rows = await sql.query<ExecutionRow>(claimStatement(engine), [workerId, leaseMs, now, limit]);
  // An execution that has no event yet has no steps either.
  const begun = rows.filter(({ event_seq }) => event_seq > 0).map(({ id }) => id);
  const steps = await loadSteps(sql, engine, begun);
  return rows.sort(byId).map((row) => stateOf(row, steps.get(row.id) ?? []));
}

/** The rows to take stand apart, so that no plan evaluates them twice and takes more than the limit. */
export function claimStatement(engine: DatabaseEngine): string {
  return `WITH due AS (
      SELECT id FROM agent_executions WHERE wake_at IS NOT NULL AND wake_at <= ${nowOr(engine, '$3')}
      ORDER BY wake_at LIMIT $4 ${skipLocked(engine)}
    )
    UPDATE agent_executions
    SET lease_owner = $1, wake_at = ${nowOr(engine, '$3')} + CAST($2 AS bigint), lease_epoch = lease_epoch + 1
    WHERE id IN (SELECT id FROM due)
    RETURNING *`;
}

/** RETURNING keeps no order; ids sort by creation. */
function byId(a: ExecutionRow, b: ExecutionRow): number {
  return a.id < b.id ? -1 : 1;
}
