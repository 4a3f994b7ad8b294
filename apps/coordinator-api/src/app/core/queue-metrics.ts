import { cached, type Database, type MetricsSource, type Sample } from '@aitbc/shared-core';

/** However many collectors ask, the database counts no more often. */
const COUNT_EVERY_MS = 5_000;

/**
 * How many jobs wait and run. Only what is not finished is counted, by the partial indexes that claims use, so that the
 * cost follows the queue and not the history.
 */
export function queueMetrics(db: Database, now: () => number = Date.now): MetricsSource[] {
  return [
    {
      ...{ name: 'aitbc_jobs', help: 'Jobs that are not finished, by state.', kind: 'gauge', labels: ['state'] },
      collect: cached(() => countJobs(db), COUNT_EVERY_MS, now),
    },
  ];
}

/** The states are written out: a partial index serves only a condition that it can prove. */
export const OPEN_JOBS = `
  SELECT 'QUEUED' AS label, count(*) AS number FROM jobs WHERE state = 'QUEUED'
  UNION ALL
  SELECT 'RUNNING', count(*) FROM jobs WHERE state = 'RUNNING'`;

/** PostgreSQL gives counts as text. */
interface CountRow {
  readonly label: string;
  readonly number: number | string;
}

async function countJobs(db: Database): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<CountRow>(OPEN_JOBS));
  return rows.map(({ label, number }) => ({ labels: { state: label }, value: Number(number) }));
}
