import type { ExecutionCommit, NewStart } from '@aitbc/execution-engine';
import type { DatabaseEngine, ExpectedStatement } from '@aitbc/shared-core';
import {
  detailRowsOf,
  executionChangesOf,
  insertEvents,
  lockedRows,
  updateExecutions,
  upsertSteps,
} from './commit-statements';
import { insertStatement } from './insert';
import type { LeaseTime } from './lease-time';

/*
 * Of the commits of a loaded system nearly all have nothing to do with signals, and it is trips that they wait for. For
 * `Database.writeAtOnce`, refused as a whole when one of them is. Always the same statements, even where there is nothing
 * for one, so that they are prepared once.
 */

/** Else as `commitBatch` does. */
export function commitStatements(
  engine: DatabaseEngine,
  commits: readonly ExecutionCommit[],
  leaseTime: LeaseTime,
): ExpectedStatement[] {
  const update = updateExecutions(engine, lockedRows(engine, '$1'), '$2');
  const changes = executionChangesOf(commits, leaseTime);
  return [{ sql: update, parameters: [changes, null], expected: commits.length }, ...detailStatements(engine, commits)];
}

/** New executions as their first commits leave them. Nobody can have sent a signal to what was not there. */
export function startStatements(
  engine: DatabaseEngine,
  starts: readonly NewStart[],
  leaseTime: LeaseTime,
): ExpectedStatement[] {
  const firsts = starts.flatMap(({ first }) => first ?? []);
  const details = firsts.length > 0 ? detailStatements(engine, firsts) : [];
  return [insertStatement(engine, starts, leaseTime), ...details];
}

function detailStatements(engine: DatabaseEngine, commits: readonly ExecutionCommit[]): ExpectedStatement[] {
  const { steps = '[]', events = '[]' } = detailRowsOf(commits);
  return [
    { sql: upsertSteps(engine, '$1'), parameters: [steps] },
    { sql: insertEvents(engine, '$1'), parameters: [events] },
  ];
}
