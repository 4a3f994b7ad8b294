import type { Database, SqlRunner } from '@aitbc/shared-core';
import type { EventRow, ExecutionRow, JobRow, RunRecord, StepRow } from './run-record';

const OPEN = `SELECT
  (SELECT count(*) FROM agent_executions WHERE status NOT IN ('completed', 'failed', 'cancelled')) AS executions,
  (SELECT count(*) FROM agent_executions WHERE lease_owner IS NOT NULL) AS leases,
  (SELECT count(*) FROM agent_step_executions WHERE release_pending) AS releases,
  (SELECT count(*) FROM jobs WHERE state IN ('QUEUED', 'RUNNING')) AS jobs`;

/** How many executions, leases, releases and jobs are not over yet. */
export type OpenWork = Readonly<Record<'executions' | 'leases' | 'releases' | 'jobs', number>>;

export async function openWork(db: Database): Promise<OpenWork> {
  const [row] = await db.readSql((sql) => sql.query<OpenWork>(OPEN));
  if (!row) throw new Error('a count without a row');
  return row;
}

/** What the services' database tells of a run. */
export async function readRows(db: Database): Promise<Pick<RunRecord, 'executions' | 'steps' | 'events' | 'jobs'>> {
  return db.readSql(async (sql) => ({
    executions: await sql.query<ExecutionRow>(
      'SELECT id, status, event_seq, completed_steps, lease_owner, wake_at FROM agent_executions',
    ),
    steps: await sql.query<StepRow>(
      'SELECT execution_id, step_id, status, attempt, release_pending FROM agent_step_executions',
    ),
    events: await readEvents(sql),
    jobs: await sql.query<JobRow>('SELECT id, state, execution_id, step_id, idempotency_key FROM jobs'),
  }));
}

interface StoredEvent {
  readonly execution_id: string;
  readonly seq: number;
  readonly type: string;
  readonly step_id: string | null;
  readonly data: string;
  readonly occurred_at: number;
}

async function readEvents(sql: SqlRunner): Promise<EventRow[]> {
  const rows = await sql.query<StoredEvent>(
    'SELECT execution_id, seq, type, step_id, data, occurred_at FROM execution_events ORDER BY execution_id, seq',
  );
  return rows.map(({ data, occurred_at: at, ...row }) => {
    const { attempt = null, code = null, signal_id = null } = JSON.parse(data) as Partial<EventRow>;
    return { ...row, attempt, code, signal_id, at };
  });
}
