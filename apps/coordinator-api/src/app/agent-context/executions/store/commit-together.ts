import type { ExecutionCommit } from '@aitbc/execution-engine';
import type { ExpectedStatement, SqlRunner } from '@aitbc/shared-core';
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

/*
 * Commits that have nothing to do with signals, in a single trip. Else as `commitBatch` does: of the commits of a loaded
 * system nearly all are of this kind, and it is trips that they wait for.
 */

/** On SQLite: refused as a whole when one of them is. */
export function commitStatements(commits: readonly ExecutionCommit[], leaseTime: LeaseTime): ExpectedStatement[] {
  const executions = executionChangesOf(commits, leaseTime);
  const { steps = '[]', events = '[]' } = detailRowsOf(commits);
  const update = updateExecutions('sqlite', executionRows('sqlite', '$1'), '$2');
  // Always the same three, so that they are compiled once.
  return [
    { sql: update, parameters: [executions, null], expected: commits.length },
    { sql: upsertSteps('sqlite', '$1'), parameters: [steps] },
    { sql: insertEvents('sqlite', '$1'), parameters: [events] },
  ];
}

/**
 * Rows are locked in the order of their ids, see `lockInOrder`. What writes in a WITH sees the rows as they were before
 * the statement, and is told by `kept` which of them were changed.
 */
const ONE_STATEMENT = `WITH kept AS (
    ${updateExecutions(
      'postgres',
      `(SELECT b.* FROM ${executionRows('postgres', '$1')} JOIN agent_executions held ON held.id = b.id
        ORDER BY held.id FOR NO KEY UPDATE OF held) AS b`,
      '$2',
    )} ${RETURNING_KEPT}
  ), steps AS (
    ${upsertSteps('postgres', '$3', 'b.execution_id IN (SELECT id FROM kept)')}
  ), events AS (
    ${insertEvents('postgres', '$4', 'b.execution_id IN (SELECT id FROM kept)')}
  )
  SELECT id FROM kept`;

/** On PostgreSQL. Gives the ids of the executions whose commits were written. */
export async function commitByOneStatement(
  sql: SqlRunner,
  commits: readonly ExecutionCommit[],
  leaseTime: LeaseTime,
): Promise<Set<string>> {
  const executions = executionChangesOf(commits, leaseTime);
  const { steps = '[]', events = '[]' } = detailRowsOf(commits);
  const kept = await sql.query<{ id: string }>(ONE_STATEMENT, [executions, null, steps, events]);
  return new Set(kept.map(({ id }) => id));
}
