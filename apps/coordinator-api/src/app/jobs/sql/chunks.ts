import type { SqlRunner } from '@aitbc/shared-core';
import type { Dialect } from './dialect';
import { from } from './transition';

/** A piece of text as it is read back. */
export interface ChunkRow {
  readonly seq: number;
  readonly position: number;
  readonly text: string;
}

/** Where the text of a job ends so far. */
export interface ChunkEnd {
  readonly seq: number;
  readonly attempt: number;
  readonly position: number;
}

/** The most pieces that one look gives. */
export const CHUNK_PAGE = 256;

export const CHUNKS_STATEMENT = `
  SELECT seq, position, text FROM job_chunks WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT ${CHUNK_PAGE}`;

export const CHUNK_END_STATEMENT = `
  SELECT seq, attempt, position FROM job_chunks WHERE job_id = $1 ORDER BY seq DESC LIMIT 1`;

/**
 * Whether the miner holds that attempt; until the end of the unit it does, and nobody else adds to the text: a sweep or
 * a cancellation in another process waits for this lock.
 */
export async function holdAttempt(
  sql: SqlRunner,
  dialect: Dialect,
  held: { jobId: string; minerId: string; attempt: number },
): Promise<boolean> {
  const rows = await sql.query(
    `SELECT id FROM jobs WHERE id = $1 AND ${from('completed')} AND assigned_miner_id = $2 AND attempts = $3
     ${dialect.forUpdate}`,
    [held.jobId, held.minerId, held.attempt],
  );
  return rows.length > 0;
}

export async function chunkEnd(sql: SqlRunner, jobId: string): Promise<ChunkEnd | undefined> {
  const [end] = await sql.query<ChunkEnd>(CHUNK_END_STATEMENT, [jobId]);
  return end;
}

/** Adds pieces after `end.seq` and `end.position`. */
export async function insertChunks(
  sql: SqlRunner,
  dialect: Dialect,
  jobId: string,
  end: ChunkEnd,
  texts: readonly string[],
): Promise<void> {
  await sql.query(
    `INSERT INTO job_chunks (job_id, seq, attempt, position, text, created_at)
     SELECT CAST($1 AS varchar), CAST($2 AS integer) + t.position, CAST($3 AS integer),
       CAST($4 AS integer) + t.position, t.value, ${dialect.now}
     FROM ${dialect.texts('$5', 't')}`,
    [jobId, end.seq, end.attempt, end.position, JSON.stringify(texts)],
  );
}

/** Streams whose jobs have been final for `$1` milliseconds, at most `limit`. */
export function oldStreams({ now, skipLocked }: Dialect, limit: number): string {
  return `SELECT c.job_id FROM job_chunks c JOIN jobs j ON j.id = c.job_id
          WHERE c.seq = 1 AND c.created_at <= ${now} - $1 AND j.finished_at <= ${now} - $1
          LIMIT ${limit} ${skipLocked('c')}`;
}

/** Deletes the text of such jobs; gives how many pieces it had. */
export async function deleteOldStreams(
  sql: SqlRunner,
  dialect: Dialect,
  ageMs: number,
  limit: number,
): Promise<number> {
  const deleted = await sql.query(
    `DELETE FROM job_chunks WHERE job_id IN (${oldStreams(dialect, limit)}) RETURNING seq`,
    [ageMs],
  );
  return deleted.length;
}
