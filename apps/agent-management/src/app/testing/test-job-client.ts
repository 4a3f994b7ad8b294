import { EventEmitter, once } from 'node:events';
import {
  FINAL_JOB_STATES,
  type JobChanges,
  type JobChunk,
  type JobClient,
  type JobOutcome,
  type JobProgress,
  type JobSnapshot,
  type JobSubmission,
  type ServiceDescription,
} from '@aitbc/contracts';
import { AppError } from '@aitbc/shared-core';

type Ending = Partial<Omit<JobOutcome, 'jobId' | 'clientId' | 'serviceType'>>;

/**
 * The coordinator's jobs in memory, as a test wants them: they end when the test says so (or at once, by `endNext`), and
 * nobody answers while the coordinator is `away`.
 */
export class TestJobClient implements JobClient {
  /** Submissions that made a job, in order. */
  readonly submissions: (JobSubmission & { readonly jobId: string })[] = [];
  away = false;
  /** Gives how a new job ends at once, or nothing when it stays in the queue. */
  endNext: (submission: JobSubmission) => Ending | undefined = () => undefined;
  /** Awaited between the moment a job is there and the answer of `submit`. */
  beforeAnswer: (jobId: string) => Promise<void> = () => Promise.resolve();
  kinds: readonly ServiceDescription[] = [];
  readonly durations = new Map<string, number>();
  private readonly jobs = new Map<string, JobOutcome>();
  private readonly texts = new Map<string, JobChunk[]>();
  private readonly ended: string[] = [];
  private readonly news = new EventEmitter().setMaxListeners(0);

  async submit(submission: JobSubmission): Promise<JobSnapshot> {
    this.answerable();
    const known = this.submissions.find(({ idempotencyKey }) => idempotencyKey === submission.idempotencyKey);
    const jobId = known?.jobId ?? `job_${this.submissions.length + 1}`;
    if (!known) {
      this.submissions.push({ ...submission, jobId });
      const { clientId, serviceType } = submission;
      this.jobs.set(jobId, { jobId, state: 'QUEUED', error: undefined, clientId, serviceType, ...EMPTY });
      const ending = this.endNext(submission);
      if (ending) this.end(jobId, ending);
    }
    await this.beforeAnswer(jobId);
    return this.job(jobId);
  }

  async services(): Promise<readonly ServiceDescription[]> {
    this.answerable();
    return this.kinds;
  }

  async serviceSchema(type: string): Promise<object | undefined> {
    this.answerable();
    return this.kinds.find((kind) => kind.type === type)?.schema;
  }

  async usualDurationMs(type: string): Promise<number | undefined> {
    this.answerable();
    return this.durations.get(type);
  }

  async outcome(jobId: string): Promise<JobOutcome | undefined> {
    this.answerable();
    return this.jobs.get(jobId);
  }

  async cancel(idempotencyKey: string): Promise<JobSnapshot | undefined> {
    this.answerable();
    const found = this.submissions.find((submission) => submission.idempotencyKey === idempotencyKey);
    if (!found) return undefined;
    this.end(found.jobId, { state: 'CANCELED' });
    return this.job(found.jobId);
  }

  async changes(after: string | undefined, waitSeconds: number, signal: AbortSignal): Promise<JobChanges> {
    this.answerable();
    const from = after === undefined ? this.ended.length : Number(after);
    const timeUp = AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000)]);
    if (from === this.ended.length && after !== undefined) {
      await once(this.news, 'ended', { signal: timeUp }).catch(() => undefined);
    }
    return { jobIds: this.ended.slice(from), cursor: String(this.ended.length) };
  }

  async progress(
    jobId: string,
    after: number,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<JobProgress | undefined> {
    this.answerable();
    const look = () => ({
      chunks: (this.texts.get(jobId) ?? []).slice(after),
      ended: FINAL_JOB_STATES.includes(this.job(jobId).state),
    });
    const timeUp = AbortSignal.any([signal, AbortSignal.timeout(waitSeconds * 1000)]);
    const { chunks, ended } = look();
    if (chunks.length === 0 && !ended && !signal.aborted) {
      await once(this.news, jobId, { signal: timeUp }).catch(() => undefined);
    }
    return look();
  }

  /** The job's miner sends text; `restarts` when it is another miner than before. */
  say(jobId: string, text: string, restarts = false): void {
    const chunks = this.texts.get(jobId) ?? [];
    this.texts.set(jobId, [...chunks, { seq: chunks.length + 1, text, restarts }]);
    this.news.emit(jobId);
  }

  /** Ends a job that has not ended, and tells whoever waits in `changes`. */
  end(jobId: string, ending: Ending = {}): void {
    const job = this.job(jobId);
    if (FINAL_JOB_STATES.includes(job.state)) return;
    this.jobs.set(jobId, { ...job, state: 'COMPLETED', ...ending });
    this.ended.push(jobId);
    this.news.emit('ended');
    this.news.emit(jobId);
  }

  stateOf(jobId: string): JobOutcome['state'] {
    return this.job(jobId).state;
  }

  private job(jobId: string): JobOutcome {
    const job = this.jobs.get(jobId);
    if (!job) throw new Error(`the test knows no job ${jobId}`);
    return job;
  }

  private answerable(): void {
    if (this.away) throw new AppError('dependency_unavailable', 'the coordinator does not answer');
  }
}

const EMPTY = { result: null, receiptId: undefined, receipt: undefined, costUnits: 0 };
