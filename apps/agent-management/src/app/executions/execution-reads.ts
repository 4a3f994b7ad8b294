import { type Database, type DatabaseEngine, hydratedRows, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { AgentExecution, AgentStepExecution, ExecutionReceipt, type ExecutionStatus } from '@aitbc/shared-domain';
import type { EntityManager } from 'typeorm';
import type { ExecutionGlance, ExecutionRecord } from './execution.repository';

/**
 * Everything about each of these executions, by id; three statements however many they are. The executions' rows are
 * read first: what is beside them is then never older.
 */
export async function readRecords(
  db: Pick<Database, 'engine' | 'read'>,
  sql: SqlRunner,
  ids: readonly string[],
): Promise<Map<string, ExecutionRecord>> {
  const statements = recordStatements(db.engine);
  const parameters = [JSON.stringify(ids.map((key) => ({ key })))];
  const executions = await sql.query(statements.executions, parameters);
  const steps = await sql.query(statements.steps, parameters);
  const receipts = await sql.query(statements.receipts, parameters);
  return db.read((manager) => Promise.resolve(recordsOf(manager, executions, steps, receipts)));
}

/** Each takes the ids as `[{"key": …}]`. */
export function recordStatements(engine: DatabaseEngine): Record<'executions' | 'steps' | 'receipts', string> {
  const from = (table: string, key: string) =>
    `SELECT t.* FROM ${jsonRows(engine, '$1', 'k', { key: 'text' })} JOIN ${table} t ON t.${key} = k.key`;
  return {
    executions: from('agent_executions', 'id'),
    steps: `${from('agent_step_executions', 'execution_id')} ORDER BY t.id`,
    receipts: from('execution_receipts', 'execution_id'),
  };
}

interface GlanceRow {
  readonly id: string;
  readonly owner_id: string;
  readonly status: ExecutionStatus;
  readonly event_seq: number;
}

/** How far each of these executions has come, by id. */
export async function readGlances(
  engine: DatabaseEngine,
  sql: SqlRunner,
  ids: readonly string[],
): Promise<Map<string, ExecutionGlance>> {
  const rows = await sql.query<GlanceRow>(
    `SELECT e.id AS id, e.owner_id AS owner_id, e.status AS status, e.event_seq AS event_seq
      FROM ${jsonRows(engine, '$1', 'k', { key: 'text' })} JOIN agent_executions e ON e.id = k.key`,
    [JSON.stringify(ids.map((key) => ({ key })))],
  );
  return new Map(
    rows.map(({ id, owner_id: ownerId, event_seq: eventSeq, status }) => [id, { ownerId, eventSeq, status }]),
  );
}

function recordsOf(
  manager: EntityManager,
  executions: readonly object[],
  steps: readonly object[],
  receipts: readonly object[],
): Map<string, ExecutionRecord> {
  const stepsOf = Map.groupBy(hydratedRows(manager, AgentStepExecution, steps), ({ executionId }) => executionId);
  const receiptOf = new Map(
    hydratedRows(manager, ExecutionReceipt, receipts).map((receipt) => [receipt.executionId, receipt]),
  );
  return new Map(
    hydratedRows(manager, AgentExecution, executions).map((execution) => {
      const { id } = execution;
      return [id, { execution, steps: stepsOf.get(id) ?? [], receipt: receiptOf.get(id) }];
    }),
  );
}
