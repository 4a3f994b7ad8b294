import { GpuOffer } from './gpu-offers/gpu-offer.entity';
import { JobChunk } from './jobs/job-chunk.entity';
import { Job, JobFeed } from './jobs/job.entity';
import { Coordinator1780000001000 } from './migrations/1780000001000-coordinator';
import { GpuOffers1780000002000 } from './migrations/1780000002000-gpu-offers';
import { JobChunks1780000003000 } from './migrations/1780000003000-job-chunks';
import { JobTraces1780000009000 } from './migrations/1780000009000-job-traces';
import { Miner } from './miners/miner.entity';
import { JobReceipt } from './receipts/job-receipt.entity';

export * from './gpu-offers/gpu-offer.entity';
export * from './gpu-offers/gpu-offer-state';
export * from './jobs/job-chunk.entity';
export * from './jobs/job.entity';
export * from './jobs/job.enums';
export * from './jobs/job-requirements';
export * from './jobs/job-state';
export * from './miners/miner.entity';
export * from './receipts/job-receipt.entity';

/** Every entity of the coordinator's own domain, for `new DataSource({ entities })`. */
export const coordinatorEntities = [Job, JobFeed, JobChunk, Miner, JobReceipt, GpuOffer];

/** The migrations that make its tables, oldest first. */
export const coordinatorMigrations = [
  Coordinator1780000001000,
  GpuOffers1780000002000,
  JobChunks1780000003000,
  JobTraces1780000009000,
];
