import { JobReceipt } from '@aitbc/coordinator-domain';
import type { Database } from '@aitbc/shared-core';

/** Reads receipts of jobs. They are written by {@link insertJobReceipt} only, with the end of the job. */
export class JobReceiptStore {
  constructor(private readonly db: Database) {}

  async findByJob(jobId: string): Promise<JobReceipt | undefined> {
    const receipt = await this.db.read((manager) => manager.findOneBy(JobReceipt, { jobId }));
    return receipt ?? undefined;
  }
}
