import type { Job, JobReceipt, MinerKey } from '@aitbc/coordinator-domain';
import { issueJobReceipt } from '@aitbc/receipts';
import { newId, type SigningKeys } from '@aitbc/shared-core';

/** A result that a miner has signed for, and the job that it ends. */
export interface SignedResult {
  readonly job: Job;
  readonly minerId: string;
  readonly minerKey: MinerKey;
  readonly minerJws: string;
  readonly resultHash: string;
  /** Milliseconds. */
  readonly completedAt: number;
}

/** Countersigns miners' results with the platform's key. */
export class JobReceiptIssuer {
  /** @param issuer gives the URL under which the platform's keys are published, known once the process listens. */
  constructor(
    private readonly keys: Pick<SigningKeys, 'signer'>,
    private readonly issuer: () => string,
  ) {}

  /** The receipt of a result, not yet stored: it counts only if the miner still holds the job when it is. */
  async issue({ job, minerId, minerKey, minerJws, resultHash, completedAt }: SignedResult): Promise<JobReceipt> {
    const cost = job.price ?? 0;
    const issue = { receiptId: newId('rcpt'), issuedAt: completedAt };
    const { jws } = issueJobReceipt(
      {
        job_id: job.id,
        miner_id: minerId,
        client_id: job.clientId,
        service_type: job.serviceType,
        attempt: job.attempts,
        request_hash: job.requestHash,
        result_hash: resultHash,
        costUnits: cost,
        miner_jws: minerJws,
        completed_at: new Date(completedAt).toISOString(),
        issuer: this.issuer(),
      },
      await this.keys.signer(),
      issue,
    );
    const { receiptId: id, issuedAt } = issue;
    return { id, jobId: job.id, clientId: job.clientId, minerId, cost, jws, minerKey, issuedAt };
  }
}
