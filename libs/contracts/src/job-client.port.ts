/** States of a coordinator job; the last four are final. */
export type JobState = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | 'EXPIRED';

export const FINAL_JOB_STATES: readonly JobState[] = ['COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED'];

/** What a miner must have to take a job; every given constraint must hold. */
export interface JobConstraints {
  /** Substring-free exact GPU model name, e.g. `RTX 4090`. */
  gpu?: string;
  /** Lowest CUDA version, `major.minor`. */
  cuda?: string;
  /** Lowest memory of one GPU in GiB. */
  min_vram_gb?: number;
  /** Models that the miner must have, all of them. */
  models?: string[];
  region?: string;
  /** Highest price of the job, in coins with at most 8 decimals. */
  max_price?: number;
}

export interface JobSubmission {
  readonly serviceType: string;
  readonly serviceRequest: Record<string, unknown>;
  readonly constraints?: JobConstraints;
  /** Seconds that the job may stay in the queue. */
  readonly ttlSeconds?: number;
  /** Whose job it is (and pays): the owner of the execution. */
  readonly clientId: string;
  readonly agentId?: string;
  readonly executionId?: string;
  readonly stepId?: string;
  /** The same key gives the same job again: a step that is run twice after a crash submits one job. */
  readonly idempotencyKey: string;
}

export interface JobSnapshot {
  readonly jobId: string;
  readonly state: JobState;
  readonly error: string | undefined;
}

/** A kind of job that miners do. */
export interface ServiceDescription {
  /** What {@link JobSubmission.serviceType} names it by. */
  readonly type: string;
  readonly name: string;
  readonly description: string;
  /** Models that a request may name; empty when any is accepted, or none is needed. */
  readonly models: readonly string[];
  /** Miners online now that take this kind. */
  readonly minersOnline: number;
  /** JSON Schema (draft 2020-12) of {@link JobSubmission.serviceRequest}. */
  readonly schema: object;
  /** JSON Schema (draft 2020-12) of {@link JobSubmission.constraints}: what a job of the kind may demand of a miner. */
  readonly constraints: object;
}

/** A finished (or not yet finished) job with what it gave. */
export interface JobOutcome extends JobSnapshot {
  readonly clientId: string;
  readonly serviceType: string;
  readonly result: unknown;
  readonly receiptId: string | undefined;
  /** Compact JWS of the job receipt. */
  readonly receipt: string | undefined;
  /** What the job cost, in units of 10⁻⁸ coin. */
  readonly costUnits: number;
}

export interface JobChanges {
  readonly jobIds: readonly string[];
  /** Give it back as `after` to read on; opaque. */
  readonly cursor: string;
}

/** A piece of the text of a running job. */
export interface JobChunk {
  /** Place in the job's text, from 1 without a gap. */
  readonly seq: number;
  readonly text: string;
  /** The first piece of a later attempt: all that came before is void, since another miner began anew. */
  readonly restarts: boolean;
}

/** The next pieces of the text of a job. */
export interface JobProgress {
  readonly chunks: readonly JobChunk[];
  /** The job is final, and nothing comes after these pieces. */
  readonly ended: boolean;
}

/**
 * How the agent context reaches the coordinator's jobs, which is by HTTP: callers must expect that any method fails with
 * `dependency_unavailable`, and must keep their work for later.
 */
export interface JobClient {
  /**
   * @throws an error `validation_failed` with one entry for each bad field, whose pointers are those of `POST /jobs`:
   * `/payload/service_request/…`
   */
  submit(job: JobSubmission): Promise<JobSnapshot>;
  /** Every kind of job. */
  services(): Promise<readonly ServiceDescription[]>;
  /** The JSON Schema of a kind's requests, or `undefined` when there is no such kind. */
  serviceSchema(type: string): Promise<object | undefined>;
  /** Milliseconds from submission to completion, the mean of the newest jobs of a kind; without any, `undefined`. */
  usualDurationMs(type: string): Promise<number | undefined>;
  outcome(jobId: string): Promise<JobOutcome | undefined>;
  /**
   * Cancels the job that was submitted with this key; one that is final is left as it is. Gives the job as it is then, or
   * `undefined` when none was submitted: one that had completed before is to be paid.
   */
  cancel(idempotencyKey: string): Promise<JobSnapshot | undefined>;
  /**
   * What a job's miner has sent after piece number `after` of its text (0: from the beginning), if the request asked for
   * a stream. Waits up to `waitSeconds` for more, or for the end of the job; `undefined` for a job that is not known.
   * Pieces of a job that ended a while ago are gone: its outcome holds the whole text.
   */
  progress(jobId: string, after: number, waitSeconds: number, signal: AbortSignal): Promise<JobProgress | undefined>;
  /**
   * Ids of jobs of the agent context that became final after `after`, in order. Without `after`: only the cursor of now.
   * Waits up to `waitSeconds` for the first one.
   */
  changes(after: string | undefined, waitSeconds: number, signal: AbortSignal): Promise<JobChanges>;
}
