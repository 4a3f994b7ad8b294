import { awaitedSignals, type ExecutionCommit } from '@aitbc/execution-engine';
import { type DatabaseEngine, type JsonColumnKind, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { NEXT_ROWID } from '../events/feed-statements';
import { stepRowOf, storable } from './execution-rows';
import { type LeaseTime, nowOr } from './lease-time';
import { lockInOrder } from './lock-in-order';
import { consumeSignals, type SignalWait, wakeForSignals } from './signals';

type Columns = Readonly<Record<string, JsonColumnKind>>;

/** What a commit sets on the execution's row. */
const EXECUTION_CHANGES: Columns = {
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
const DUE: Columns = { wake_at: 'integer', wake_in: 'integer' };

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

/**
 * Writes many commits by one statement for each table, whatever their number. A commit whose execution has moved on
 * (another epoch, another event number, or final) is left out by the first statement, and then by the others.
 * The executions must be different ones: of two commits for one row, a joined UPDATE would take either.
 *
 * @param leaseTime by whose clock a lease begins
 * @returns the ids of the executions whose commits were written
 */
export async function commitBatch(
  sql: SqlRunner,
  engine: DatabaseEngine,
  commits: readonly ExecutionCommit[],
  leaseTime: LeaseTime,
): Promise<Set<string>> {
  await lockInOrder(
    sql,
    engine,
    'agent_executions',
    commits.map(({ state }) => state.id),
  );
  const changes = commits.map((commit) => ({ ...executionChange(commit), ...dueOf(commit, leaseTime) }));
  const kept = await sql.query<{ id: string }>(updateExecutions(engine), [JSON.stringify(changes), null]);
  const ids = new Set(kept.map(({ id }) => id));
  const written = commits.filter(({ state }) => ids.has(state.id));
  const steps = written.flatMap(({ state, steps }) => steps.map((step) => stepRowOf(state.id, step)));
  // In one order everywhere: the sweep of what ended steps hold changes the same rows.
  steps.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (steps.length > 0) await sql.query(upsertSteps(engine), [JSON.stringify(steps)]);
  const events = written.flatMap(eventRows).map((row, place) => ({ ...row, place }));
  if (events.length > 0) await sql.query(insertEvents(engine), [JSON.stringify(events)]);
  await consumeSignals(
    sql,
    engine,
    written.flatMap(({ consumedSignals, at }) => consumedSignals.map((id) => ({ id, at }))),
  );
  // A signal that is found is due at once: any time that has passed does.
  await wakeForSignals(sql, engine, written.flatMap(waitsHandedOver), leaseTime === 'database' ? null : 0);
  return ids;
}

function updateExecutions(engine: DatabaseEngine): string {
  const expected: Columns = { expected_epoch: 'integer', expected_seq: 'integer' };
  const columns: Columns = { id: 'text', ...expected, ...EXECUTION_CHANGES, ...DUE };
  return `UPDATE agent_executions SET ${assignments(EXECUTION_CHANGES, 'b')},
      wake_at = COALESCE(${nowOr(engine, '$2')} + b.wake_in, b.wake_at)
    FROM ${jsonRows(engine, '$1', 'b', columns)}
    WHERE agent_executions.id = b.id
      AND agent_executions.lease_epoch = b.expected_epoch
      AND agent_executions.event_seq = b.expected_seq
      AND agent_executions.status NOT IN ('completed', 'failed', 'cancelled')
    RETURNING agent_executions.id AS id`;
}

function upsertSteps(engine: DatabaseEngine): string {
  const columns = { ...STEP_KEY, ...STEP_CHANGES };
  return `INSERT INTO agent_step_executions (${names(columns)})
    SELECT ${names(columns, 'b')} FROM ${jsonRows(engine, '$1', 'b', columns)} WHERE true
    ON CONFLICT (execution_id, step_id) DO UPDATE SET ${assignments(STEP_CHANGES, 'excluded')}`;
}

function insertEvents(engine: DatabaseEngine): string {
  const [rowid, given] = engine === 'sqlite' ? ['rowid, ', `${NEXT_ROWID} + b.place, `] : ['', ''];
  return `INSERT INTO execution_events (${rowid}${names(EVENT)})
    SELECT ${given}${names(EVENT, 'b')} FROM ${jsonRows(engine, '$1', 'b', { ...EVENT, place: 'integer' })} WHERE true`;
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

function executionChange({ state, expected, lease, at }: ExecutionCommit) {
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
  };
}

/** By the database's clock a lease lasts from its commit on, and what is due at once is due by that clock. */
function dueOf({ lease: { owner, wakeAt }, at }: ExecutionCommit, leaseTime: LeaseTime) {
  const fromNow = leaseTime === 'database' && wakeAt !== null && (owner !== null || wakeAt <= at);
  return fromNow ? { wake_at: null, wake_in: Math.max(0, wakeAt - at) } : { wake_at: wakeAt, wake_in: null };
}

function waitsHandedOver({ state, lease }: ExecutionCommit): SignalWait[] {
  if (lease.owner !== null) return [];
  return awaitedSignals(state).map((name) => ({ executionId: state.id, name }));
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
