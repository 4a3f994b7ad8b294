import type { HeldStart, NewExecution, NewStart } from '@aitbc/execution-engine';
import { type DatabaseEngine, type ExpectedStatement, type JsonColumnKind, jsonRows } from '@aitbc/shared-core';
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
  lease_owner: 'text',
  lease_epoch: 'integer',
};

/** When it is due: at a time, or (`lease_ms`) that long after the moment of the insert by the database's clock. */
const DUE: Readonly<Record<string, JsonColumnKind>> = { due_at: 'integer', lease_ms: 'integer' };

/**
 * Stores new executions, pending, and due at once or claimed already. One prepared statement: starts are the most
 * frequent of all units, and the query builder takes longer than the database.
 */
export function insertStatement(
  engine: DatabaseEngine,
  starts: readonly NewStart[],
  leaseTime: LeaseTime,
): ExpectedStatement {
  const names = Object.keys(GIVEN);
  const rows = starts.map(({ execution, held }) => ({
    ...rowOf(execution),
    ...leaseOf(held),
    ...dueOf(execution, leaseTime, held),
  }));
  return {
    sql: `INSERT INTO agent_executions (${names.join(', ')}, status, total_cost, completed_steps, event_seq, wake_at, updated_at)
      SELECT ${names.map((name) => `b.${name}`).join(', ')}, 'pending', 0, 0, 0,
        COALESCE(b.due_at, ${nowOr(engine, 'NULL')} + b.lease_ms), b.created_at
      FROM ${jsonRows(engine, '$1', 'b', { ...GIVEN, ...DUE })} WHERE true`,
    parameters: [JSON.stringify(rows)],
    expected: starts.length,
  };
}

function leaseOf(held: HeldStart | undefined) {
  return { lease_owner: held?.workerId ?? null, lease_epoch: held ? 1 : 0 };
}

function dueOf({ createdAt }: NewExecution, leaseTime: LeaseTime, held: HeldStart | undefined) {
  if (leaseTime === 'database') return { due_at: null, lease_ms: held?.leaseMs ?? 0 };
  return { due_at: held ? held.now + held.leaseMs : createdAt, lease_ms: null };
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
