import { awaitedSignals, type ExecutionCommit } from '@aitbc/execution-engine';
import type { DatabaseEngine, SqlRunner } from '@aitbc/shared-core';
import {
  detailRowsOf,
  executionChangesOf,
  executionRows,
  insertEvents,
  RETURNING_KEPT,
  updateExecutions,
  upsertSteps,
} from './commit-statements';
import type { LeaseTime } from './lease-time';
import { lockInOrder } from './lock-in-order';
import { consumeSignals, type SignalWait, wakeForSignals } from './signals';

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
  const update = `${updateExecutions(engine, executionRows(engine, '$1'), '$2')} ${RETURNING_KEPT}`;
  const kept = await sql.query<{ id: string }>(update, [executionChangesOf(commits, leaseTime), null]);
  const ids = new Set(kept.map(({ id }) => id));
  const written = commits.filter(({ state }) => ids.has(state.id));
  const { steps, events } = detailRowsOf(written);
  if (steps) await sql.query(upsertSteps(engine, '$1'), [steps]);
  if (events) await sql.query(insertEvents(engine, '$1'), [events]);
  await consumeSignals(
    sql,
    engine,
    written.flatMap(({ consumedSignals, at }) => consumedSignals.map((id) => ({ id, at }))),
  );
  // A signal that is found is due at once: any time that has passed does.
  await wakeForSignals(sql, engine, written.flatMap(waitsHandedOver), leaseTime === 'database' ? null : 0);
  return ids;
}

/** Whether its commit has to do with signals that are stored, or may come to be stored at this moment. */
export function concernsSignals(commit: ExecutionCommit): boolean {
  return commit.consumedSignals.length > 0 || waitsHandedOver(commit).length > 0;
}

function waitsHandedOver({ state, lease }: Pick<ExecutionCommit, 'state' | 'lease'>): SignalWait[] {
  if (lease.owner !== null) return [];
  return awaitedSignals(state).map((name) => ({ executionId: state.id, name }));
}
