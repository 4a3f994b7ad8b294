import type { AssignedJob } from '@aitbc/contracts';
import {
  errorTypeOf,
  type Logger,
  noTracer,
  parseTraceparent,
  type Span,
  type SpanStart,
  traced,
  type Tracer,
  withLogContext,
} from '@aitbc/shared-core';
import { BadJobRequest, type ExecutionOutcome } from '../executors/executor';
import type { ExecutorRegistry } from '../executors/executor-registry';
import { JobAborted } from './job-abort';
import type { Lease } from './lease';
import type { ResultReporter } from './result-reporter';
import type { TextStream, TextStreams } from './text-stream';
import type { WorkFolders } from './work-folders';

const MAX_ERROR_LENGTH = 1000;
/** How long a stopping miner tries to hand a job back; after that the end of its lease does the same, later. */
const HAND_BACK_MS = 2000;

/** Runs one job from its assignment to the report of its outcome. */
export class JobRunner {
  constructor(
    private readonly executors: ExecutorRegistry,
    private readonly folders: WorkFolders,
    private readonly reporter: ResultReporter,
    private readonly streams: TextStreams,
    private readonly log: Logger,
    private readonly tracer: Tracer = noTracer,
  ) {}

  /** Never rejects for what happens to the job; MinerRefused passes. @param signal aborted with a {@link JobAborted}. */
  async run(job: AssignedJob, lease: Lease, signal: AbortSignal): Promise<void> {
    const inSpan = (span: Span) => this.runInSpan(job, lease, signal, span);
    await withLogContext({ job_id: job.job_id }, () => traced(this.tracer, spanOf(job), inSpan));
  }

  private async runInSpan(job: AssignedJob, lease: Lease, signal: AbortSignal, span: Span): Promise<void> {
    this.log.info('job started', { service_type: job.payload.service_type, attempt: job.attempt });
    // A refusal of text tells of a cancellation earlier than the next heartbeat.
    const dropped = new AbortController();
    const either = AbortSignal.any([signal, dropped.signal]);
    const text = this.streams.open(job, lease, either, () => dropped.abort(new JobAborted('dropped')));
    try {
      await this.runAndReport(job, lease, either, { text, span });
    } catch (error) {
      if (!either.aborted) throw error;
      span.fail('aborted');
      await this.afterAbort(job, lease, either);
    }
  }

  private async runAndReport(
    job: AssignedJob,
    lease: Lease,
    signal: AbortSignal,
    { text, span }: { readonly text: TextStream; readonly span: Span },
  ): Promise<void> {
    const startedAt = performance.now();
    let body;
    try {
      const outcome = await this.execute(job, signal, text);
      body = this.reporter.sign(job, outcome, performance.now() - startedAt);
    } catch (error) {
      signal.throwIfAborted();
      span.fail(errorTypeOf(error));
      const retryable = !(error instanceof BadJobRequest);
      this.log.warn('job failed', { error, retryable });
      await this.reporter.reportFailure(job, { error: describe(error), retryable }, lease, signal);
      return;
    }
    await this.reporter.reportResult(job, body, lease, signal);
    this.log.info('job finished', { duration_ms: Math.round(performance.now() - startedAt) });
  }

  private async execute(job: AssignedJob, signal: AbortSignal, text: TextStream): Promise<ExecutionOutcome> {
    const executor = this.executors.get(job.payload.service_type);
    const request = job.payload.service_request;
    const { log } = this;
    try {
      const outcome = await this.folders.using((workDir) =>
        executor.run(request, { signal, workDir, log, emit: text.emit }),
      );
      // Before the result is reported: nothing is added to the text of a job that has ended.
      await text.flush();
      return outcome;
    } finally {
      text.close();
    }
  }

  /** A job that the coordinator took away needs no report; one that this miner gives up is queued again at once. */
  private async afterAbort(job: AssignedJob, lease: Lease, signal: AbortSignal): Promise<void> {
    const aborted: unknown = signal.reason;
    this.log.info('job aborted', { reason: describe(aborted) });
    if (!(aborted instanceof JobAborted) || aborted.why !== 'stopping') return;
    try {
      const failure = { error: aborted.message, retryable: true };
      await this.reporter.reportFailure(job, failure, lease, AbortSignal.timeout(HAND_BACK_MS));
    } catch (error) {
      this.log.warn('could not hand the job back; its lease will run out', { error });
    }
  }
}

/** Below the span of the job itself, which the coordinator tells of; without one there is none. */
function spanOf({ job_id, payload, attempt, traceparent }: AssignedJob): SpanStart {
  return {
    name: `process ${payload.service_type}`,
    kind: 'consumer',
    parent: parseTraceparent(traceparent),
    attributes: {
      'messaging.system': 'aitbc',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': payload.service_type,
      'messaging.message.id': job_id,
      'aitbc.job.attempt': attempt,
    },
  };
}

/** Cutting can leave half of a surrogate pair, which the coordinator refuses; as UTF-8 it becomes U+FFFD. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return Buffer.from(message.slice(0, MAX_ERROR_LENGTH)).toString();
}
