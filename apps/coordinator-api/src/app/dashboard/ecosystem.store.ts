import type { JobState } from '@aitbc/contracts';
import { type Database, databaseTime, type SqlRunner } from '@aitbc/shared-core';

/** Figures of jobs; times in milliseconds, `null` where there is nothing to take a mean of. */
export interface JobFigures {
  readonly byState: ReadonlyMap<JobState, number>;
  /** The rest is of the last 24 hours. */
  readonly submitted: number;
  readonly completed: number;
  readonly failed: number;
  readonly canceled: number;
  readonly expired: number;
  /** From submission to the start of the attempt that completed. */
  readonly meanWaitMs: number | null;
  /** From that start to the result. */
  readonly meanRunMs: number | null;
}

export interface MinerFigures {
  readonly registered: number;
  readonly online: number;
  /** Jobs that the online ones can run at once. */
  readonly capacity: number;
}

type Numbers<Name extends string> = Readonly<Record<Name, number | string | null>>;

/** Counts jobs and miners in SQL, over indexes. */
export class EcosystemStore {
  constructor(private readonly db: Database) {}

  jobs(): Promise<JobFigures> {
    return this.db.readSql(async (sql) => ({ ...(await lastDay(sql, this.db)), byState: await byState(sql) }));
  }

  /** @param onlineMs how long after its last sign of life a miner counts as online */
  miners(onlineMs: number): Promise<MinerFigures> {
    const online = `last_heartbeat_at > ${databaseTime(this.db.engine)} - $1 AND removed_at IS NULL`;
    return this.db.readSql(async (sql) => {
      const [row] = await sql.query<Numbers<'registered' | 'online' | 'capacity'>>(
        `SELECT (SELECT count(*) FROM miners WHERE removed_at IS NULL) AS registered,
                count(*) AS online, coalesce(sum(concurrency), 0) AS capacity
         FROM miners WHERE ${online}`,
        [onlineMs],
      );
      const { registered, online: now, capacity } = present(row);
      return { registered: Number(registered), online: Number(now), capacity: Number(capacity) };
    });
  }
}

/** Each part has an index of its own: jobs that have ended, the queue, and what is running. */
export const BY_STATE = `
  SELECT state, count(*) AS jobs FROM jobs WHERE finished_at IS NOT NULL GROUP BY state
  UNION ALL SELECT 'QUEUED', count(*) FROM jobs WHERE state = 'QUEUED'
  UNION ALL SELECT 'RUNNING', count(*) FROM jobs WHERE state = 'RUNNING'`;

async function byState(sql: SqlRunner): Promise<Map<JobState, number>> {
  const rows = await sql.query<{ state: JobState; jobs: number | string }>(BY_STATE);
  return new Map(rows.map(({ state, jobs }) => [state, Number(jobs)]));
}

type LastDay = Numbers<'submitted' | 'completed' | 'failed' | 'canceled' | 'expired' | 'wait' | 'run'>;

/** What was submitted, and what ended, since `since`: an SQL expression. */
export function lastDayStatement(since: string): string {
  const ended = (state: JobState): string => `coalesce(sum(CASE WHEN state = '${state}' THEN 1 ELSE 0 END), 0)`;
  const mean = (ms: string): string => `avg(CASE WHEN state = 'COMPLETED' THEN ${ms} END)`;
  return `
    SELECT (SELECT count(*) FROM jobs WHERE requested_at >= ${since}) AS submitted,
      ${ended('COMPLETED')} AS completed, ${ended('FAILED')} AS failed,
      ${ended('CANCELED')} AS canceled, ${ended('EXPIRED')} AS expired,
      CAST(round(${mean('started_at - requested_at')}) AS bigint) AS wait,
      CAST(round(${mean('finished_at - started_at')}) AS bigint) AS run
    FROM jobs WHERE finished_at >= ${since}`;
}

async function lastDay(sql: SqlRunner, { engine }: Database): Promise<Omit<JobFigures, 'byState'>> {
  const [row] = await sql.query<LastDay>(lastDayStatement(`${databaseTime(engine)} - 86400000`));
  const { submitted, completed, failed, canceled, expired, wait, run } = present(row);
  return {
    submitted: Number(submitted),
    completed: Number(completed),
    failed: Number(failed),
    canceled: Number(canceled),
    expired: Number(expired),
    meanWaitMs: wait === null ? null : Number(wait),
    meanRunMs: run === null ? null : Number(run),
  };
}

function present<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row;
}
