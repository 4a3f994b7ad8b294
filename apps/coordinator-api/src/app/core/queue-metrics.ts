import { cached, type Database, type MetricsSource, type Sample } from '@aitbc/shared-core';

/** However many collectors ask, the database counts no more often. */
const COUNT_EVERY_MS = 5_000;

/**
 * How much work waits and runs. Only what is not finished is counted, by the partial indexes that claims use, so that
 * the cost follows the queue and not the history.
 */
export function queueMetrics(db: Database, now: () => number = Date.now): MetricsSource[] {
  const source = (name: string, help: string, label: string, count: () => Promise<Sample[]>): MetricsSource => ({
    ...{ name, help, kind: 'gauge', labels: [label] },
    collect: cached(count, COUNT_EVERY_MS, now),
  });
  return [
    source('aitbc_jobs', 'Jobs that are not finished, by state.', 'state', () => countJobs(db)),
    source('aitbc_executions', 'Executions that a worker holds or will take, by status.', 'status', () =>
      countExecutions(db),
    ),
    {
      ...{
        name: 'aitbc_executions_due',
        kind: 'gauge',
        help: 'Executions that could run now and that no worker holds.',
      },
      collect: cached(() => countDue(db, now()), COUNT_EVERY_MS, now),
    },
  ];
}

/** The states are written out: a partial index serves only a condition that it can prove. */
export const OPEN_JOBS = `
  SELECT 'QUEUED' AS label, count(*) AS number FROM jobs WHERE state = 'QUEUED'
  UNION ALL
  SELECT 'RUNNING', count(*) FROM jobs WHERE state = 'RUNNING'`;

export const OPEN_EXECUTIONS = `
  SELECT status AS label, count(*) AS number FROM agent_executions WHERE wake_at IS NOT NULL GROUP BY status`;

export const DUE_EXECUTIONS = `
  SELECT count(*) AS number FROM agent_executions WHERE wake_at IS NOT NULL AND wake_at <= $1`;

/** PostgreSQL gives counts as text. */
interface CountRow {
  readonly label: string;
  readonly number: number | string;
}

async function countJobs(db: Database): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<CountRow>(OPEN_JOBS));
  return rows.map(({ label, number }) => ({ labels: { state: label }, value: Number(number) }));
}

async function countExecutions(db: Database): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<CountRow>(OPEN_EXECUTIONS));
  return rows.map(({ label, number }) => ({ labels: { status: label }, value: Number(number) }));
}

async function countDue(db: Database, now: number): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<Pick<CountRow, 'number'>>(DUE_EXECUTIONS, [now]));
  return rows.map(({ number }) => ({ value: Number(number) }));
}
