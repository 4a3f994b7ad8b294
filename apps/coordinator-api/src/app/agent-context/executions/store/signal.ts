import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import type { WaitKind } from '@aitbc/shared-domain';

/**
 * Makes steps that wait for `refs` due now, and their executions where nobody holds them (who holds one is told inside
 * its process). No event, no epoch: this is a hint about when to look, and what the look finds decides.
 */
export async function signal(
  sql: SqlRunner,
  engine: DatabaseEngine,
  kind: WaitKind,
  refs: readonly string[],
  now: number,
): Promise<string[]> {
  const steps = await sql.query<{ execution_id: string }>(
    `UPDATE agent_step_executions SET wait_until = $2
      FROM ${jsonRows(engine, '$1', 'b', { ref: 'text' })}
      WHERE agent_step_executions.wait_kind = $3 AND agent_step_executions.wait_ref = b.ref
        AND agent_step_executions.status = 'waiting'
      RETURNING agent_step_executions.execution_id AS execution_id`,
    [JSON.stringify(refs.map((ref) => ({ ref }))), now, kind],
  );
  const ids = [...new Set(steps.map(({ execution_id }) => execution_id))];
  if (ids.length === 0) return [];
  await sql.query(
    `UPDATE agent_executions SET wake_at = $2
      FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })}
      WHERE agent_executions.id = b.id AND agent_executions.lease_owner IS NULL
        AND agent_executions.status IN ('running', 'waiting')`,
    [JSON.stringify(ids.map((id) => ({ id }))), now],
  );
  return ids;
}
