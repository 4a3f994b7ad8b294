import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import type { WaitKind } from '@aitbc/shared-domain';
import { nowOr } from './lease-time';
import { lockInOrder } from './lock-in-order';

/**
 * Makes steps that wait for `refs` due now, and their executions where nobody holds them (who holds one is told inside
 * its process). No event, no epoch: this is a hint about when to look, and what the look finds decides.
 * @param now null: the database's clock
 */
export async function signal(
  sql: SqlRunner,
  engine: DatabaseEngine,
  kind: WaitKind,
  refs: readonly string[],
  now: number | null,
): Promise<string[]> {
  await lockInOrder(sql, engine, 'agent_executions', await waitingFor(sql, engine, kind, refs));
  const steps = await sql.query<{ execution_id: string }>(
    `UPDATE agent_step_executions SET wait_until = ${nowOr(engine, '$2')}
      FROM ${jsonRows(engine, '$1', 'b', { ref: 'text' })}
      WHERE agent_step_executions.wait_kind = $3 AND agent_step_executions.wait_ref = b.ref
        AND agent_step_executions.status = 'waiting'
      RETURNING agent_step_executions.execution_id AS execution_id`,
    [refRows(refs), now, kind],
  );
  const ids = [...new Set(steps.map(({ execution_id }) => execution_id))];
  if (ids.length === 0) return [];
  await sql.query(
    `UPDATE agent_executions SET wake_at = ${nowOr(engine, '$2')}
      FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })}
      WHERE agent_executions.id = b.id AND agent_executions.lease_owner IS NULL
        AND agent_executions.status IN ('running', 'waiting')`,
    [JSON.stringify(ids.map((id) => ({ id }))), now],
  );
  return ids;
}

/** The executions come before their steps, as they do in a commit: who locks both in another order may wait in a circle. */
async function waitingFor(
  sql: SqlRunner,
  engine: DatabaseEngine,
  kind: WaitKind,
  refs: readonly string[],
): Promise<string[]> {
  if (engine === 'sqlite') return [];
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT s.execution_id AS id FROM ${jsonRows(engine, '$1', 'b', { ref: 'text' })}
      JOIN agent_step_executions s ON s.wait_kind = $2 AND s.wait_ref = b.ref AND s.status = 'waiting'`,
    [refRows(refs), kind],
  );
  return rows.map(({ id }) => id);
}

function refRows(refs: readonly string[]): string {
  return JSON.stringify(refs.map((ref) => ({ ref })));
}
