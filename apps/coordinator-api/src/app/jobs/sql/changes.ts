import type { SqlRunner } from '@aitbc/shared-core';

export interface FinishedRow {
  readonly id: string;
  readonly state: string;
  readonly finished_seq: number | string;
}

/** The most jobs that one answer of the feed names. */
const CHANGES_LIMIT = 500;

export const CHANGES_STATEMENT = `
  SELECT id, state, finished_seq FROM jobs
  WHERE submitted_by = $1 AND finished_seq > $2
  ORDER BY finished_seq LIMIT ${CHANGES_LIMIT}`;

/** Jobs of one submitter that became final after number `after`, in that order. */
export function finishedAfter(sql: SqlRunner, submittedBy: string, after: number): Promise<FinishedRow[]> {
  return sql.query<FinishedRow>(CHANGES_STATEMENT, [submittedBy, after]);
}

/** How many jobs have become final so far: where a new reader of the feed starts. */
export async function feedPosition(sql: SqlRunner): Promise<number> {
  const [feed] = await sql.query<{ last_seq: number | string }>('SELECT last_seq FROM job_feed WHERE id = 1');
  return Number(feed?.last_seq ?? 0);
}
