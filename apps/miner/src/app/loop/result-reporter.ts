import type { AssignedJob, MinerFailure, MinerResult, MinerResultClaim } from '@aitbc/contracts';
import { canonicalJson, type Logger, sha256Hex, type SigningKey, signJws } from '@aitbc/shared-core';
import type { CoordinatorClient, CoordinatorRefusal } from '../coordinator/coordinator-client';
import type { ExecutionOutcome, JobMetrics } from '../executors/executor';
import type { Delivery } from './delivery';
import type { Lease } from './lease';

/** `typ` of the JWS of a result, so that it cannot pass for another kind of document signed by the same key. */
export const RESULT_CLAIM_TYPE = 'miner-result+jws';

/** Signs results, and reports results and failures. */
export class ResultReporter {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly delivery: Delivery,
    private readonly minerId: string,
    private readonly key: SigningKey,
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
    const refusal = await this.delivery.deliver(send, lease, signal);
    return refusal && this.isStillWaitedFor(refusal) ? refusal : undefined;
  }

  /** Not when it was cancelled or given to another miner; or our earlier try arrived and only its answer was lost. */
  private isStillWaitedFor(refusal: CoordinatorRefusal): boolean {
    if (refusal.status !== 409 && refusal.status !== 404) return true;
    this.log.info('the coordinator no longer waits for this job', { error: refusal.message });
    return false;
  }
}
