import { type HeldStep, idempotencyKeyOf } from '@aitbc/execution-engine';
import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import type { StepRow } from './execution-rows';
import { lockInOrder } from './lock-in-order';

/** Steps that still hold something outside after their end; the partial index holds no others. */
export async function unreleased(sql: SqlRunner, limit: number): Promise<HeldStep[]> {
  const rows = await sql.query<StepRow>('SELECT * FROM agent_step_executions WHERE release_pending LIMIT $1', [limit]);
  return rows.map(({ id, execution_id, step_id, step_type, attempt }) => ({
    rowId: id,
    executionId: execution_id,
    stepId: step_id,
    stepType: step_type,
    attempt,
    idempotencyKey: idempotencyKeyOf(execution_id, step_id, attempt),
  }));
}

export async function markReleased(sql: SqlRunner, engine: DatabaseEngine, rowIds: readonly string[]): Promise<void> {
  await lockInOrder(sql, engine, 'agent_step_executions', rowIds);
  await sql.query(
    `UPDATE agent_step_executions SET release_pending = $2
      FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })} WHERE agent_step_executions.id = b.id`,
    [JSON.stringify(rowIds.map((id) => ({ id }))), false],
  );
}
