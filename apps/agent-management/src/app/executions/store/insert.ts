import type { NewExecution, NewStart } from '@aitbc/execution-engine';
import { type DatabaseEngine, type ExpectedStatement, type JsonColumnKind, jsonRows } from '@aitbc/shared-core';
import { DUE, EXECUTION_CHANGES, executionChangeOf } from './commit-statements';
import { type LeaseTime, nowOr } from './lease-time';

/** What a new execution is given, and keeps. */
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
 * Stores new executions: pending, and due at once or claimed already; or as their first commit leaves them. One prepared
 * statement: starts are the most frequent of all units, and the query builder takes longer than the database.
 */
export function insertStatement(
  engine: DatabaseEngine,
  starts: readonly NewStart[],
  leaseTime: LeaseTime,
): ExpectedStatement {
  const columns = { ...GIVEN, ...EXECUTION_CHANGES };
  const names = Object.keys(columns);
  const rows = starts.map((start) => ({
    ...givenOf(start.execution),
    ...(start.first ? executionChangeOf(start.first, leaseTime) : untouched(start, leaseTime)),
  }));
  return {
    sql: `INSERT INTO agent_executions (${names.join(', ')}, wake_at)
      SELECT ${names.map((name) => `b.${name}`).join(', ')}, COALESCE(b.wake_at, ${nowOr(engine, 'NULL')} + b.wake_in)
      FROM ${jsonRows(engine, '$1', 'b', { ...columns, ...DUE })} WHERE true`,
    parameters: [JSON.stringify(rows)],
    expected: starts.length,
  };
}

/** Nothing has happened to it, but that somebody may hold it from the moment of the insert on. */
function untouched({ execution: { createdAt }, held }: NewStart, leaseTime: LeaseTime) {
  const byDatabase = leaseTime === 'database';
  return {
    status: 'pending',
    total_cost: 0,
    completed_steps: 0,
    event_seq: 0,
    lease_owner: held?.workerId ?? null,
    lease_epoch: held ? 1 : 0,
    updated_at: createdAt,
    wake_at: byDatabase ? null : held ? held.now + held.leaseMs : createdAt,
    wake_in: byDatabase ? (held?.leaseMs ?? 0) : null,
  };
}

function givenOf(execution: NewExecution) {
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
