import {
  type Database,
  type DatabaseEngine,
  jsonRows,
  skipLocked,
  type SqlRunner,
  type SqlValue,
} from '@aitbc/shared-core';
import { KEEP_PLACES } from '../events/feed-statements';

/** A finished execution whose time has come. */
export interface ExpiredExecution {
  readonly id: string;
  /** Rows that go with it, about. */
  readonly rows: number;
}

/** Rows of one unit when an execution is taken apart: steps hold inputs and outputs, which may be large. */
const PIECES = [
  { table: 'execution_events', key: 'seq', limit: 500 },
  { table: 'agent_step_executions', key: 'id', limit: 8 },
  { table: 'execution_signals', key: 'id', limit: 8 },
] as const;

/**
 * Finds and deletes finished executions. Their steps, events, signals and receipts go with them (the foreign keys
 * cascade); receipts of jobs belong to the jobs and stay. Any number of processes may delete at once.
 */
export class RetentionStore {
  constructor(private readonly db: Database) {}

  /** Executions that ended before `before`, oldest end first; not those that still hold a job which must be cancelled. */
  expired(before: number, limit: number): Promise<ExpiredExecution[]> {
    return this.db.readSql((sql) => sql.query<ExpiredExecution>(EXPIRED, [before, limit]));
  }

  /** Deletes these with all their rows in one unit; how many were there. */
  async remove(ids: readonly string[]): Promise<number> {
    const statement = removeStatement(this.db.engine);
    const rows = await this.write(statement, [JSON.stringify(ids.map((id) => ({ id })))]);
    return rows.length;
  }

  /**
   * Deletes one that is too large for one unit: its rows in pieces, itself at last. Cut short, it is found and taken up
   * again, since its own row is still there. Gives 1, or 0 when it was cut short or another process has finished it.
   * @param goOn awaited between two units: a pause, and whether to go on
   */
  async takeApart(id: string, goOn: () => Promise<boolean>): Promise<number> {
    for (const { table, key, limit } of PIECES) {
      const statement = `DELETE FROM ${table} WHERE execution_id = $1
        AND ${key} IN (SELECT ${key} FROM ${table} WHERE execution_id = $1 ORDER BY ${key} LIMIT $2) RETURNING 1 AS gone`;
      while ((await this.write(statement, [id, limit])).length === limit) if (!(await goOn())) return 0;
    }
    return this.remove([id]);
  }

  private write(statement: string, parameters: readonly SqlValue[]): Promise<object[]> {
    return this.db.writeSet(async (sql: SqlRunner) => {
      if (this.db.engine === 'sqlite') await sql.query(KEEP_PLACES);
      return sql.query(statement, parameters);
    });
  }
}

export const EXPIRED = `
  SELECT e.id AS id, e.event_seq + e.total_steps AS rows FROM agent_executions e
  WHERE e.completed_at IS NOT NULL AND e.completed_at < $1
    AND NOT EXISTS (SELECT 1 FROM agent_step_executions s WHERE s.execution_id = e.id AND s.release_pending)
  ORDER BY e.completed_at LIMIT $2`;

/**
 * The status says again what the time of the end has said: no mistake elsewhere may make this delete what still runs.
 * What another process is deleting at this moment is passed over.
 */
export function removeStatement(engine: DatabaseEngine): string {
  return `DELETE FROM agent_executions WHERE id IN (
      SELECT id FROM agent_executions WHERE id IN (SELECT b.id FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })})
        AND status IN ('completed', 'failed', 'cancelled') ${skipLocked(engine)}
    ) RETURNING id`;
}
