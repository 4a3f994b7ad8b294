import type { MinerResult } from '@aitbc/contracts';
import type { Logger } from '@aitbc/shared-core';

export type ServiceRequest = Readonly<Record<string, unknown>>;
export type JobMetrics = NonNullable<MinerResult['metrics']>;

/** What an executor may use while it runs one job. */
export interface JobContext {
  /** Aborted when the job was cancelled, its lease was lost, or the miner must stop: end at once, hold nothing. */
  readonly signal: AbortSignal;
  /** An empty folder of this job alone; removed when the job has ended. */
  readonly workDir: string;
  readonly log: Logger;
  /** Passes on a piece of the text that the job gives, while it runs; the pieces of a job are in order. */
  readonly emit: (text: string) => void;
}

export interface ExecutionOutcome {
  /** JSON; signed and sent to the coordinator as it is. */
  readonly result: unknown;
  /** What was really used, as far as the executor measured it. The duration is added by the caller. */
  readonly metrics: JobMetrics;
}

/** Runs the jobs of one kind. Implementations are safe to run several jobs at once. */
export interface Executor {
  /** The kind of job, e.g. `text_analysis`. */
  readonly serviceType: string;
  /**
   * Shows, by really using what it needs, that it can run jobs now; gives the models that it offers.
   * @throws Error when it cannot.
   */
  probe(): Promise<readonly string[]>;
  /**
   * @throws BadJobRequest when no miner could run this request; any other error means that another try may succeed.
   */
  run(request: ServiceRequest, context: JobContext): Promise<ExecutionOutcome>;
  /** Ends whatever the executor keeps between jobs. */
  close(): Promise<void>;
}

/** The request itself is bad: reported as not retryable, so that the coordinator does not try it on another miner. */
export class BadJobRequest extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BadJobRequest';
  }
}
