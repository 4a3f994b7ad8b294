import { JobReceipt } from '@aitbc/coordinator-domain';
import type { Database } from '@aitbc/shared-core';
import { LessThan } from 'typeorm';

/** Which rows: at most `limit` whose ids come before `beforeId`. */
export interface JobReceiptRows {
  readonly limit: number;
  readonly beforeId: string | undefined;
  readonly withCount: boolean;
}

/** Reads receipts of jobs. They are written by {@link insertJobReceipt} only, with the end of the job. */
export class JobReceiptStore {
  constructor(private readonly db: Database) {}

  async findByJob(jobId: string): Promise<JobReceipt | undefined> {
    const receipt = await this.db.read((manager) => manager.findOneBy(JobReceipt, { jobId }));
    return receipt ?? undefined;
  }

  /** Receipts of all jobs, newest first: ids of receipts sort by the time of their issue. */
  page({ limit, beforeId, withCount }: JobReceiptRows): Promise<{ items: JobReceipt[]; total: number | undefined }> {
    return this.db.read(async (manager) => ({
      items: await manager.find(JobReceipt, {
        where: beforeId === undefined ? {} : { id: LessThan(beforeId) },
        order: { id: 'DESC' },
        take: limit,
      }),
      total: withCount ? await manager.count(JobReceipt) : undefined,
    }));
  }
}
