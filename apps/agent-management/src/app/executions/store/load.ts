import type { ExecutionState } from '@aitbc/execution-engine';
import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { type ExecutionRow, stateOf, type StepRow } from './execution-rows';

/** The state of one execution, from one statement for each table within one read. */
export async function load(sql: SqlRunner, engine: DatabaseEngine, id: string): Promise<ExecutionState | undefined> {
  const [row] = await sql.query<ExecutionRow>('SELECT * FROM agent_executions WHERE id = $1', [id]);
  if (!row) return undefined;
  const steps = await loadSteps(sql, engine, [id]);
  return stateOf(row, steps.get(id) ?? []);
}

/** The steps of many executions, by execution, in the order in which they began. */
export async function loadSteps(
  sql: SqlRunner,
  engine: DatabaseEngine,
  executionIds: readonly string[],
): Promise<Map<string, StepRow[]>> {
  if (executionIds.length === 0) return new Map();
  const ids = jsonRows(engine, '$1', 'b', { id: 'text' });
  const rows = await sql.query<StepRow>(
    `SELECT s.* FROM ${ids} JOIN agent_step_executions s ON s.execution_id = b.id ORDER BY s.id`,
    [JSON.stringify(executionIds.map((id) => ({ id })))],
  );
  return Map.groupBy(rows, ({ execution_id }) => execution_id);
}
