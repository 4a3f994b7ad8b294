import type { JobProgress, JobState } from '@aitbc/contracts';
import { isFinalJob } from '@aitbc/coordinator-domain';
import type { Database, SqlRunner } from '@aitbc/shared-core';
import type { JobBells } from './job-bells';
import type { HeldAttempt } from './job-leases';
import { longPoll, type Patience } from './long-poll';
import {
  CHUNK_PAGE,
  type ChunkEnd,
  chunkEnd,
  type ChunkRow,
  CHUNKS_STATEMENT,
  deleteOldStreams,
  holdAttempt,
  insertChunks,
} from './sql/chunks';
import { type Dialect, dialectOf } from './sql/dialect';

/** What became of text that a miner sent. `gap`: text before it has not come. */
export type Appended = 'stored' | 'not_held' | 'gap';

/** How long after the end of a job its stream can be taken up again; after that its result is what is left. */
const KEEP_MS = 15 * 60_000;
/** Jobs whose text one unit of the sweep deletes, each up to some thousand pieces: a unit must end within 500 ms. */
const SWEEP_LIMIT = 10;
/** Text that came through another process rings no bell here, and a reader should not notice. */
const LOOK_AGAIN_MS = 200;

/** The text of jobs while it is generated: added by the miner that holds the job, read by anybody who knows the job. */
export class JobChunks {
  private readonly dialect: Dialect;

  constructor(
    private readonly db: Database,
    private readonly bells: JobBells,
  ) {
    this.dialect = dialectOf(db.engine);
  }

  /**
   * Adds text to the attempt if the miner still holds it. What is stored already (the answer to the first request was
   * lost) is passed over.
   * @param first place of the first of `texts` in the attempt, from 1.
   */
  append(held: HeldAttempt, first: number, texts: readonly string[]): Promise<Appended> {
    return this.db.writeSet(async (sql) => {
      if (!(await holdAttempt(sql, this.dialect, held))) return 'not_held';
      const end = await endOfAttempt(sql, held);
      if (first > end.position + 1) return 'gap';
      const fresh = texts.slice(end.position + 1 - first);
      if (fresh.length === 0) return 'stored';
      await insertChunks(sql, this.dialect, held.jobId, end, fresh);
      this.db.afterCommit(() => this.bells.progress.ring(held.jobId));
      return 'stored';
    });
  }

  /**
   * The pieces after number `after`, waiting for the first one, or for the end of the job, as long as the caller has
   * patience; `undefined` when this submitter has no such job.
   */
  async progress(
    submittedBy: string,
    jobId: string,
    after: number,
    patience: Patience,
  ): Promise<JobProgress | undefined> {
    const look = async () => {
      const progress = await this.look(submittedBy, jobId, after);
      return progress === 'unknown' || progress.ended || progress.chunks.length > 0 ? progress : undefined;
    };
    const found = await longPoll(look, this.bells.progress, [jobId], { lookAgainMs: LOOK_AGAIN_MS, ...patience });
    return found === 'unknown' ? undefined : (found ?? { chunks: [], ended: false });
  }

  /** The state is read before the text: nothing is added to a final job, so that what is read after it is all. */
  private look(submittedBy: string, jobId: string, after: number): Promise<JobProgress | 'unknown'> {
    return this.db.readSql(async (sql) => {
      const [job] = await sql.query<{ state: JobState }>('SELECT state FROM jobs WHERE id = $1 AND submitted_by = $2', [
        jobId,
        submittedBy,
      ]);
      if (!job) return 'unknown';
      const rows = await sql.query<ChunkRow>(CHUNKS_STATEMENT, [jobId, after]);
      const chunks = rows.map(({ seq, position, text }) => ({ seq, text, restarts: position === 1 && seq > 1 }));
      return { chunks, ended: isFinalJob(job.state) && rows.length < CHUNK_PAGE };
    });
  }

  /** Deletes the text of jobs that ended a while ago; gives how many pieces. */
  sweep(): Promise<number> {
    return this.db.writeSet((sql) => deleteOldStreams(sql, this.dialect, KEEP_MS, SWEEP_LIMIT));
  }
}

/** Where the text of this attempt is to be continued; at its beginning after what earlier attempts have left. */
async function endOfAttempt(sql: SqlRunner, { jobId, attempt }: HeldAttempt): Promise<ChunkEnd> {
  const end = await chunkEnd(sql, jobId);
  return end?.attempt === attempt ? end : { seq: end?.seq ?? 0, attempt, position: 0 };
}
