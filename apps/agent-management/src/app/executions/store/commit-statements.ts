import type { ExecutionCommit } from '@aitbc/execution-engine';
import { type DatabaseEngine, type JsonColumnKind, jsonRows } from '@aitbc/shared-core';
import { NEXT_ROWID } from '../events/feed-statements';
import { stepRowOf, storable } from './execution-rows';
import { type LeaseTime, nowOr } from './lease-time';

type Columns = Readonly<Record<string, JsonColumnKind>>;

/** What a commit sets on the execution's row. */
export const EXECUTION_CHANGES: Columns = {
  status: 'text',
  final_result: 'text',
  error_code: 'text',
  error_message: 'text',
  failed_step: 'text',
  total_cost: 'integer',
  completed_steps: 'integer',
  current_step: 'text',
  event_seq: 'integer',
  lease_epoch: 'integer',
  lease_owner: 'text',
  deadline_at: 'integer',
  paused_at: 'integer',
  started_at: 'integer',
  completed_at: 'integer',
  updated_at: 'integer',
};

/** When it is due: at a time, or (`wake_in`, in milliseconds) from the moment of the commit by the database's clock. */
export const DUE: Columns = { wake_at: 'integer', wake_in: 'integer' };

const STEP_KEY: Columns = { id: 'text', execution_id: 'text', step_id: 'text', step_type: 'text' };

const STEP_CHANGES: Columns = {
  status: 'text',
  attempt: 'integer',
  input: 'text',
  output: 'text',
  error_code: 'text',
  error_message: 'text',
  cost: 'integer',
  reserved_cost: 'integer',
  charges: 'text',
  metrics: 'text',
  wait_kind: 'text',
  wait_ref: 'text',
  wait_until: 'integer',
  awaited: 'text',
  adopted_from: 'text',
  deadline_at: 'integer',
  job_receipt_id: 'text',
  release_pending: 'boolean',
  started_at: 'integer',
  completed_at: 'integer',
};

const EVENT: Columns = {
  execution_id: 'text',
  seq: 'integer',
  type: 'text',
  step_id: 'text',
  data: 'text',
  occurred_at: 'integer',
};

/** What `updateExecutions` takes: a JSON array of rows. */
export function executionChangesOf(commits: readonly ExecutionCommit[], leaseTime: LeaseTime): string {
  return JSON.stringify(commits.map((commit) => executionChangeOf(commit, leaseTime)));
}

/** What `upsertSteps` and `insertEvents` take; `undefined` where there is none. */
export function detailRowsOf(commits: readonly ExecutionCommit[]): {
  readonly steps: string | undefined;
  readonly events: string | undefined;
} {
  const steps = commits.flatMap(({ state, steps }) => steps.map((step) => stepRowOf(state.id, step)));
  // In one order everywhere: the sweep of what ended steps hold changes the same rows.
  steps.sort((a, b) => (a.id < b.id ? -1 : 1));
  const events = commits.flatMap(eventRows).map((row, place) => ({ ...row, place }));
  return {
    steps: steps.length > 0 ? JSON.stringify(steps) : undefined,
    events: events.length > 0 ? JSON.stringify(events) : undefined,
  };
}

const EXPECTED: Columns = { expected_epoch: 'integer', expected_seq: 'integer' };
const EXECUTION: Columns = { id: 'text', ...EXPECTED, ...EXECUTION_CHANGES, ...DUE };

/** Gives the ids of those that were not refused. */
export const RETURNING_KEPT = 'RETURNING agent_executions.id AS id';

/**
 * @param rows a FROM item called `b`, by {@link executionRows}
 * @param now the parameter with the time; null there is the database's
 */
export function updateExecutions(engine: DatabaseEngine, rows: string, now: string): string {
  return `UPDATE agent_executions SET ${assignments(EXECUTION_CHANGES, 'b')},
      wake_at = COALESCE(${nowOr(engine, now)} + b.wake_in, b.wake_at)
    FROM ${rows}
    WHERE agent_executions.id = b.id
      AND agent_executions.lease_epoch = b.expected_epoch
      AND agent_executions.event_seq = b.expected_seq
      AND agent_executions.status NOT IN ('completed', 'failed', 'cancelled')`;
}

export function executionRows(engine: DatabaseEngine, parameter: string): string {
  return jsonRows(engine, parameter, 'b', EXECUTION);
}

/** The same, their executions locked in the order of their ids: see `lockInOrder`. */
export function lockedRows(engine: DatabaseEngine, parameter: string): string {
  const rows = executionRows(engine, parameter);
  if (engine === 'sqlite') return rows;
  return `(SELECT b.* FROM ${rows} JOIN agent_executions held ON held.id = b.id
    ORDER BY held.id FOR NO KEY UPDATE OF held) AS b`;
}

export function upsertSteps(engine: DatabaseEngine, parameter: string): string {
  const columns = { ...STEP_KEY, ...STEP_CHANGES };
  return `INSERT INTO agent_step_executions (${names(columns)})
    SELECT ${names(columns, 'b')} FROM ${jsonRows(engine, parameter, 'b', columns)} WHERE true
    ON CONFLICT (execution_id, step_id) DO UPDATE SET ${assignments(STEP_CHANGES, 'excluded')}`;
}

export function insertEvents(engine: DatabaseEngine, parameter: string): string {
  const [rowid, given] = engine === 'sqlite' ? ['rowid, ', `${NEXT_ROWID} + b.place, `] : ['', ''];
  const rows = jsonRows(engine, parameter, 'b', { ...EVENT, place: 'integer' });
  return `INSERT INTO execution_events (${rowid}${names(EVENT)})
    SELECT ${given}${names(EVENT, 'b')} FROM ${rows}`;
}

function names(columns: Columns, alias?: string): string {
  return Object.keys(columns)
    .map((name) => (alias ? `${alias}."${name}"` : `"${name}"`))
    .join(', ');
}

function assignments(columns: Columns, source: string): string {
  return Object.keys(columns)
    .map((name) => `"${name}" = ${source}."${name}"`)
    .join(', ');
}

/** What one commit makes of its execution's row. */
export function executionChangeOf(commit: ExecutionCommit, leaseTime: LeaseTime) {
  const { state, expected, lease, at } = commit;
  return {
    id: state.id,
    expected_epoch: expected.leaseEpoch,
    expected_seq: expected.eventSeq,
    status: state.status,
    final_result: state.finalResult,
    error_code: state.error?.code ?? null,
    error_message: storable(state.error?.message ?? null),
    failed_step: state.failedStep,
    total_cost: state.totalCost,
    completed_steps: state.completedSteps,
    current_step: state.currentStep,
    event_seq: state.eventSeq,
    lease_epoch: state.leaseEpoch,
    lease_owner: lease.owner,
    deadline_at: state.deadlineAt,
    paused_at: state.pausedAt,
    started_at: state.startedAt,
    completed_at: state.completedAt,
    updated_at: at,
    ...dueOf(commit, leaseTime),
  };
}

/** By the database's clock a lease lasts from its commit on, and what is due at once is due by that clock. */
function dueOf({ lease: { owner, wakeAt }, at }: ExecutionCommit, leaseTime: LeaseTime) {
  const fromNow = leaseTime === 'database' && wakeAt !== null && (owner !== null || wakeAt <= at);
  return fromNow ? { wake_at: null, wake_in: Math.max(0, wakeAt - at) } : { wake_at: wakeAt, wake_in: null };
}

function eventRows({ state, records }: ExecutionCommit) {
  return records.map(({ seq, type, stepId, data, at }) => ({
    execution_id: state.id,
    seq,
    type,
    step_id: stepId,
    data: JSON.stringify(data),
    occurred_at: at,
  }));
}
