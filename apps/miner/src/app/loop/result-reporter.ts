import type { AssignedJob, MinerFailure, MinerResult, MinerResultClaim } from '@aitbc/contracts';
import {
  backoffDelay,
  type BackoffOptions,
  canonicalJson,
  type Logger,
  pause,
  sha256Hex,
  type SigningKey,
  signJws,
} from '@aitbc/shared-core';
import { type CoordinatorClient, CoordinatorRefusal } from '../coordinator/coordinator-client';
import { MinerRefused, type MinerSession } from '../coordinator/miner-session';
import type { ExecutionOutcome, JobMetrics } from '../executors/executor';
import type { Lease } from './lease';

/** `typ` of the JWS of a result, so that it cannot pass for another kind of document signed by the same key. */
export const RESULT_CLAIM_TYPE = 'miner-result+jws';

const SESSION_LOST = [401];

/** Signs results and brings results and failures to the coordinator, however often it must try. */
export class ResultReporter {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly session: MinerSession,
    private readonly minerId: string,
    private readonly key: SigningKey,
    private readonly backoff: BackoffOptions,
    private readonly log: Logger,
  ) {}

  /**
   * The body that reports an outcome, signed.
   * @throws CanonicalJsonError when the result has no canonical JSON, such as a text with half a surrogate pair.
   */
  sign(job: AssignedJob, { result, metrics }: ExecutionOutcome, durationMs: number): MinerResult {
    const claim: MinerResultClaim = {
      job_id: job.job_id,
      attempt: job.attempt,
      miner_id: this.minerId,
      result_hash: sha256Hex(canonicalJson(result)),
    };
    const complete: JobMetrics = { duration_ms: Math.round(durationMs), ...metrics };
    return { result, signature: signJws(canonicalJson(claim), this.key, RESULT_CLAIM_TYPE), metrics: complete };
  }

  /** Tries until the coordinator has it, does not want it, or the lease is surely lost. A result that it finds wrong becomes a failure. */
  async reportResult(job: AssignedJob, body: MinerResult, lease: Lease, signal: AbortSignal): Promise<void> {
    const refusal = await this.deliver(
      (token) => this.client.sendResult(token, job.job_id, body, signal),
      lease,
      signal,
    );
    if (!refusal) return;
    const failure = { error: `the result was refused: ${refusal.message}`, retryable: refusal.status !== 413 };
    await this.reportFailure(job, failure, lease, signal);
  }

  /** Tries like {@link reportResult}. */
  async reportFailure(job: AssignedJob, failure: MinerFailure, lease: Lease, signal: AbortSignal): Promise<void> {
    const refusal = await this.deliver(
      (token) => this.client.sendFailure(token, job.job_id, { ...failure, attempt: job.attempt }, signal),
      lease,
      signal,
    );
    if (refusal) this.log.error('the coordinator refused the report of a failure', { error: refusal });
  }

  /** Gives the refusal when the coordinator found the body itself wrong. */
  private async deliver(
    send: (token: string) => Promise<void>,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<CoordinatorRefusal | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.session.use(send, SESSION_LOST, signal);
        return undefined;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof MinerRefused) throw error;
        const refusal = error instanceof CoordinatorRefusal ? error : undefined;
        if (refusal && isFinal(refusal)) return this.isStillWaitedFor(refusal) ? refusal : undefined;
        if (lease.isSurelyLost) {
          this.log.warn('gave up reporting: the lease is lost', { error });
          return undefined;
        }
        const waitMs = Math.max(refusal?.retryAfterMs ?? 0, backoffDelay(attempt, this.backoff));
        this.log.warn('the report did not get through yet', { error, next_try_ms: waitMs });
        await pause(waitMs, signal);
      }
    }
  }

  /** Not when it was cancelled or given to another miner; or our earlier try arrived and only its answer was lost. */
  private isStillWaitedFor(refusal: CoordinatorRefusal): boolean {
    if (refusal.status !== 409 && refusal.status !== 404) return true;
    this.log.info('the coordinator no longer waits for this job', { error: refusal.message });
    return false;
  }
}

/** After a lost session the same report is sent with the next one. */
function isFinal(refusal: CoordinatorRefusal): boolean {
  return !refusal.isTransient && !SESSION_LOST.includes(refusal.status);
}
