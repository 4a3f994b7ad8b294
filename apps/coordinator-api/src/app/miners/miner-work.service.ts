import type { AssignedJob, MinerChunks, MinerFailure, MinerResult } from '@aitbc/contracts';
import type { Job, JobReceipt, Miner } from '@aitbc/coordinator-domain';
import { AppError, canonicalJson, notFound, sha256Hex } from '@aitbc/shared-core';
import { type HeldAttempt, type JobChunks, JobLeases, JobStore, type Patience } from '../jobs';
import { assertClaims, JobReceiptIssuer, JobReceiptStore, readMinerClaim, type SignedClaim } from '../receipts';
import { MinerStore } from './miner.store';

/** A result in its one canonical text. */
interface CanonicalResult {
  readonly text: string;
  readonly hash: string;
}

/** What a miner does with jobs: takes one, and ends it with a result or a failure. */
export class MinerWorkService {
  constructor(
    private readonly miners: MinerStore,
    private readonly jobs: JobStore,
    private readonly leases: JobLeases,
    private readonly chunks: JobChunks,
    private readonly issuer: JobReceiptIssuer,
    private readonly receipts: JobReceiptStore,
  ) {}

  /** The oldest job that the miner can take; waits for one as long as the miner has patience. */
  async poll(miner: Miner, patience: Patience): Promise<AssignedJob | undefined> {
    await this.miners.touch(miner);
    return this.leases.claim(miner.id, miner.services, patience);
  }

  /**
   * Records a result with its receipt: the miner's signature, countersigned. Sending the same result again (the answer
   * was lost) gives the same receipt.
   * @throws AppError `not_found` for an unknown job, `conflict` when the miner does not hold it (any more),
   * `validation_failed` when the signature is not the miner's, or signs something else.
   */
  async complete(miner: Miner, jobId: string, { result, signature, metrics }: MinerResult): Promise<JobReceipt> {
    const job = await this.job(jobId);
    const canonical = canonicalResult(result);
    const earlier = await this.earlierReceipt(miner, job, canonical);
    if (earlier) return earlier;
    assertHolds(miner, job);
    const claim = this.checkedClaim(miner, job, canonical, signature);
    const completedAt = Date.now();
    const receipt = await this.issuer.issue({
      job,
      minerId: miner.id,
      minerKey: miner.publicKey,
      minerJws: claim.jws,
      resultHash: canonical.hash,
      completedAt,
    });
    const measured = metrics === undefined ? null : JSON.stringify(metrics);
    const done = { ...attemptOf(miner, job), result: canonical.text, metrics: measured, completedAt };
    // Canceled, or taken back by the sweep, since it was read above: the receipt is dropped unseen.
    if (!(await this.leases.complete(done, receipt))) throw notHeld(miner, jobId);
    return receipt;
  }

  /**
   * Passes text of a running job on to whoever reads along; text that came before is not taken twice.
   * @throws AppError `not_found`; `conflict` when the miner does not hold the job (any more), when nobody asked for a
   * stream, or when text is missing before this.
   */
  async stream(miner: Miner, jobId: string, { attempt, first, texts }: MinerChunks): Promise<void> {
    const job = await this.job(jobId);
    if (!wantsStream(job)) throw new AppError('conflict', `the request of the job '${jobId}' asks for no stream`);
    const storable = texts.map((text) => text.replaceAll('\0', '\uFFFD')); // PostgreSQL stores no NUL.
    const appended = await this.chunks.append({ jobId, minerId: miner.id, attempt }, first, storable);
    if (appended === 'not_held') throw notHeld(miner, jobId);
    if (appended === 'gap') throw new AppError('conflict', `text before number ${first} has not come`);
  }

  /**
   * Ends an attempt without a result; the job is queued again or fails. Gives its new state.
   * @throws AppError `not_found`, `conflict`
   */
  async fail(miner: Miner, jobId: string, failure: MinerFailure): Promise<string> {
    const job = await this.job(jobId);
    assertHolds(miner, job);
    // It speaks of an attempt that it lost meanwhile, and then took up again.
    if (failure.attempt !== undefined && failure.attempt !== job.attempts) throw notHeld(miner, jobId);
    const error = failure.error.replaceAll('\0', '\uFFFD'); // PostgreSQL stores no NUL.
    const lost = await this.leases.fail(attemptOf(miner, job), { error, retryable: failure.retryable ?? true });
    if (!lost) throw notHeld(miner, jobId);
    return lost.state;
  }

  private async job(jobId: string): Promise<Job> {
    const job = await this.jobs.find(jobId);
    if (!job) throw notFound('job', jobId);
    return job;
  }

  private async earlierReceipt(miner: Miner, job: Job, { text }: CanonicalResult): Promise<JobReceipt | undefined> {
    const same = job.state === 'COMPLETED' && job.assignedMinerId === miner.id && job.result === text;
    return same ? this.receipts.findByJob(job.id) : undefined;
  }

  /** A claim over an earlier attempt of the same miner is a late result, not a bad signature. */
  private checkedClaim(miner: Miner, job: Job, { hash }: CanonicalResult, signature: string): SignedClaim {
    const claim = readMinerClaim(signature, miner.publicKey);
    const { attempt } = claim.fields;
    if (typeof attempt === 'number' && attempt < job.attempts) throw notHeld(miner, job.id);
    assertClaims(claim, { job_id: job.id, attempt: job.attempts, miner_id: miner.id, result_hash: hash });
    return claim;
  }
}

function wantsStream({ serviceRequest }: Job): boolean {
  const { stream } = JSON.parse(serviceRequest) as { stream?: unknown };
  return stream === true;
}

/** The edge refuses what has no canonical form (lone surrogates, unsafe integers), so this does not throw. */
function canonicalResult(result: unknown): CanonicalResult {
  const text = canonicalJson(result);
  return { text, hash: sha256Hex(text) };
}

function attemptOf(miner: Miner, job: Job): HeldAttempt {
  return { jobId: job.id, minerId: miner.id, attempt: job.attempts };
}

function assertHolds(miner: Miner, job: Job): void {
  if (job.state !== 'RUNNING' || job.assignedMinerId !== miner.id) throw notHeld(miner, job.id);
}

function notHeld(miner: Miner, jobId: string): AppError {
  return new AppError('conflict', `the miner '${miner.id}' does not hold the job '${jobId}' (any more)`);
}
