import { cached, type Database, databaseTime, type MetricsSource, type Sample } from '@aitbc/shared-core';

/** However many collectors ask, the database counts no more often. */
const COUNT_EVERY_MS = 5_000;

/**
 * How many jobs wait and run, how long the oldest has waited, and who is there to run them. Only what is not finished is
 * counted, by the partial indexes that claims use, so that the cost follows the queue and not the history.
 * @param onlineMs how long after its last sign of life a miner counts as online
 */
export function queueMetrics(db: Database, onlineMs: number, now: () => number = Date.now): MetricsSource[] {
  const gauge = (name: string, help: string, collect: () => Promise<Sample[]>): MetricsSource => ({
    ...{ name, help, kind: 'gauge' },
    collect: cached(collect, COUNT_EVERY_MS, now),
  });
  return [
    { ...gauge('aitbc_jobs', 'Jobs that are not finished, by state.', () => countJobs(db)), labels: ['state'] },
    gauge(
      'aitbc_job_queue_age_seconds',
      'How long ago the oldest job that waits for a miner was submitted; 0 without one.',
      () => queueAge(db),
    ),
    gauge('aitbc_miners_online', 'Miners that gave a sign of life within the time of a lease.', () =>
      countMiners(db, now() - onlineMs),
    ),
  ];
}

/** The states are written out: a partial index serves only a condition that it can prove. */
export const OPEN_JOBS = `
  SELECT 'QUEUED' AS label, count(*) AS number FROM jobs WHERE state = 'QUEUED'
  UNION ALL
  SELECT 'RUNNING', count(*) FROM jobs WHERE state = 'RUNNING'`;

/** Ids are in the order of time, so that the first one is the oldest: one row, however long the queue. */
export function oldestJob({ engine }: Pick<Database, 'engine'>): string {
  const age = `${databaseTime(engine)} - requested_at`;
  return `SELECT ${age} AS number FROM jobs WHERE state = 'QUEUED' ORDER BY id LIMIT 1`;
}

/** Compared with a constant, since no index of PostgreSQL serves a clock that moves on while it reads. */
export const MINERS_ONLINE = `
  SELECT count(*) AS number FROM miners WHERE last_heartbeat_at > $1 AND removed_at IS NULL`;

/** PostgreSQL gives counts as text. */
interface NumberRow {
  readonly number: number | string;
}

async function countJobs(db: Database): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<NumberRow & { label: string }>(OPEN_JOBS));
  return rows.map(({ label, number }) => ({ labels: { state: label }, value: Number(number) }));
}

async function queueAge(db: Database): Promise<Sample[]> {
  const [oldest] = await db.readSql((sql) => sql.query<NumberRow>(oldestJob(db)));
  return [{ value: oldest ? Math.max(0, Number(oldest.number)) / 1_000 : 0 }];
}

async function countMiners(db: Database, since: number): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<NumberRow>(MINERS_ONLINE, [since]));
  return rows.map(({ number }) => ({ value: Number(number) }));
}
