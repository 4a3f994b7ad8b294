import type { NewExecution } from '@aitbc/execution-engine';
import { type DatabaseEngine, type JsonColumnKind, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { type LeaseTime, nowOr } from './lease-time';

/** What a new execution is given; the rest is null, or the literal beside it. */
const GIVEN: Readonly<Record<string, JsonColumnKind>> = {
  id: 'text',
  workflow_id: 'text',
  workflow_version: 'integer',
  owner_id: 'text',
  agent_id: 'text',
  inputs: 'text',
  verification_level: 'text',
  max_execution_time: 'integer',
  max_cost_budget: 'integer',
  total_steps: 'integer',
  engine_flags: 'integer',
  retry_of: 'text',
  trace_parent: 'text',
  created_at: 'integer',
};

/**
 * Stores new executions, pending and due at once. One prepared statement: starts are the most frequent of all units, and
 * the query builder takes longer than the database.
 */
export async function insertExecutions(
  sql: SqlRunner,
  engine: DatabaseEngine,
  executions: readonly NewExecution[],
  leaseTime: LeaseTime,
): Promise<void> {
  const names = Object.keys(GIVEN);
  const due = leaseTime === 'database' ? nowOr(engine, 'NULL') : 'b.created_at';
  await sql.query(
    `INSERT INTO agent_executions (${names.join(', ')}, status, total_cost, completed_steps, event_seq, lease_epoch,
        wake_at, updated_at)
      SELECT ${names.map((name) => `b.${name}`).join(', ')}, 'pending', 0, 0, 0, 0, ${due}, b.created_at
      FROM ${jsonRows(engine, '$1', 'b', GIVEN)} WHERE true`,
    [JSON.stringify(executions.map(rowOf))],
  );
}

function rowOf(execution: NewExecution) {
  return {
    id: execution.id,
    workflow_id: execution.workflowId,
    workflow_version: execution.workflowVersion,
    owner_id: execution.ownerId,
    agent_id: execution.agentId,
    inputs: execution.inputs,
    verification_level: execution.verificationLevel,
    max_execution_time: execution.maxExecutionTime,
    max_cost_budget: execution.maxCostBudget,
    total_steps: execution.totalSteps,
    engine_flags: execution.engineFlags,
    retry_of: execution.retryOf,
    trace_parent: execution.traceParent,
    created_at: execution.createdAt,
  };
}
