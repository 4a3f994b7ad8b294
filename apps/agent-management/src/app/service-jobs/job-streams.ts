import type { JobChunk, JobClient, JobOutcome } from '@aitbc/contracts';
import { AppError, type EventStream, type Logger, notFound, problemOf, toAppError } from '@aitbc/shared-core';
import { streamedOutcomeBody } from './service-job.view';

/** Who reads the text of a job along. */
export interface StreamReader {
  readonly jobId: string;
  /** Number of the last piece that the reader has; 0 for none. */
  readonly after: number;
  readonly stream: EventStream;
  /** Aborted when the reader has gone, or when the process drains. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  /** Key of the submission that is cancelled when the reader goes; without it the job goes on for whoever comes back. */
  readonly cancelKey?: string | undefined;
}

/** Silence after which a comment is sent. */
const KEEP_ALIVE_SECONDS = 15;

/**
 * Streams of the text of jobs:
 *
 *     job ─→ (restart? ─→ token…)* ─→ done | error
 *
 * What is sent is looked up piece by piece, so that a stream can begin after any of them, in any process, and needs no
 * more memory than one page of pieces.
 */
export class JobStreams {
  constructor(
    private readonly jobs: JobClient,
    private readonly logger: Logger,
  ) {}

  /** Writes until the job has ended, the reader has gone, or the process drains. Never rejects: errors are events. */
  async write(reader: StreamReader): Promise<void> {
    const { stream, signal, jobId } = reader;
    try {
      await stream.send({ event: 'job', data: { job_id: jobId } });
      await this.follow(reader);
    } catch (error) {
      if (hasGone(signal)) await this.abandon(reader);
      else await this.sendError(reader, toAppError(error));
    }
    stream.end();
  }

  private async follow({ jobId, after, stream, signal, requestId }: StreamReader): Promise<void> {
    for (let last = after; ;) {
      const progress = await this.jobs.progress(jobId, last, KEEP_ALIVE_SECONDS, signal);
      if (!progress) throw notFound('job', jobId);
      for (const chunk of progress.chunks) {
        await sendChunk(stream, chunk);
        last = chunk.seq;
      }
      if (progress.ended) return this.sendEnd(jobId, stream, requestId);
      signal.throwIfAborted();
      if (progress.chunks.length === 0) await stream.keepAlive();
    }
  }

  private async sendEnd(jobId: string, stream: EventStream, requestId: string): Promise<void> {
    const outcome = await this.jobs.outcome(jobId);
    if (!outcome) throw notFound('job', jobId);
    if (outcome.state === 'COMPLETED') return stream.send({ event: 'done', data: streamedOutcomeBody(outcome) });
    const problem = { ...problemOf(failureOf(outcome), requestId), job_id: jobId, job_status: outcome.state };
    await stream.send({ event: 'error', data: problem });
  }

  private async sendError({ stream, requestId, jobId }: StreamReader, error: AppError): Promise<void> {
    const { code, cause, detail, definition } = error;
    const why = cause === undefined ? {} : { cause };
    this.logger[definition.logLevel](detail, { event: 'stream_failed', code, job_id: jobId, ...why });
    await stream.send({ event: 'error', data: problemOf(error, requestId) });
  }

  /** What cannot be cancelled now runs to its end, which its own limits bring about. */
  private async abandon({ cancelKey, jobId }: StreamReader): Promise<void> {
    if (cancelKey === undefined) return;
    await this.jobs.cancel(cancelKey).catch((error: unknown) => {
      const context = { event: 'cancel_failed', job_id: jobId, error };
      this.logger.warn('a job that nobody reads could not be cancelled', context);
    });
  }
}

async function sendChunk(stream: EventStream, { seq, text, restarts }: JobChunk): Promise<void> {
  if (restarts) await stream.send({ event: 'restart', data: {} });
  await stream.send({ event: 'token', id: seq, data: { text } });
}

/** A draining process has a reason of its own; its jobs go on, and their readers come back. */
function hasGone(signal: AbortSignal): boolean {
  return signal.aborted && !(signal.reason instanceof AppError);
}

/** Why there is no result, as an error of the catalogue. */
function failureOf({ state, error }: JobOutcome): AppError {
  if (state === 'CANCELED') return new AppError('conflict', 'the job was cancelled');
  return new AppError('dependency_unavailable', `the job ${state === 'EXPIRED' ? 'expired' : 'failed'}: ${error}`);
}
