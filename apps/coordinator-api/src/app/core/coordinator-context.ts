import type { AgentDirectory } from '@aitbc/contracts';
import {
  ApiKeyService,
  type Database,
  IdempotencyRecords,
  type Logger,
  noTracer,
  type SigningKeys,
  type Tracer,
} from '@aitbc/shared-core';
import type { Router } from 'express';
import { AdminStatsStore, createAdminRouter, createApiKeyRouter, createSigningKeyRouter } from '../admin';
import { createDashboardRouter, EcosystemService, EcosystemStore } from '../dashboard';
import { createExplorerRouter, ExplorerService } from '../explorer';
import { createGpuOfferRouter, GpuOfferService, GpuOfferStore } from '../gpu-marketplace';
import { createDelegatedJobRouter, JobDurations, LocalJobClient } from '../job-client';
import {
  CONSTRAINTS_SCHEMA,
  createJobRouter,
  JobBells,
  JobChunks,
  JobLeases,
  JobService,
  JobSpans,
  JobStore,
  JobSweeper,
} from '../jobs';
import {
  createMinerRouter,
  createMinerWorkRouter,
  MinerEarningsStore,
  MinerService,
  MinerStore,
  MinerWorkService,
} from '../miners';
import { JobReceiptIssuer, JobReceiptStore } from '../receipts';
import { createServiceRouter, ServiceRegistry } from '../registry';

export interface CoordinatorContextDeps {
  readonly db: Database;
  readonly keys: SigningKeys;
  readonly apiKeys: ApiKeyService;
  readonly agents: AgentDirectory;
  readonly logger: Logger;
  readonly issuer: () => string;
  readonly leaseSeconds: number;
  readonly tracer?: Tracer;
}

export interface CoordinatorContext {
  readonly routers: readonly Router[];
  readonly sweeper: JobSweeper;
  readonly spans: JobSpans;
}

/** Puts together jobs, miners, their receipts and offers, the registry of services, the figures and the administration. */
export function composeCoordinatorContext(deps: CoordinatorContextDeps): CoordinatorContext {
  const { db, logger, leaseSeconds, tracer = noTracer } = deps;
  const spans = new JobSpans(db, tracer, logger);
  const bells = new JobBells((jobId) => spans.ended(jobId));
  const registry = new ServiceRegistry();
  const receiptStore = new JobReceiptStore(db);
  const jobStore = new JobStore(db, bells);
  const jobs = new JobService(jobStore, bells, registry, receiptStore, deps.agents);
  const leases = new JobLeases(db, bells, leaseSeconds);
  const chunks = new JobChunks(db, bells);
  const minerStore = new MinerStore(db);
  const offers = new GpuOfferStore(db);
  const miners = new MinerService(minerStore, leases, offers);
  const issuer = new JobReceiptIssuer(deps.keys, deps.issuer);
  const work = new MinerWorkService(minerStore, jobStore, leases, chunks, issuer, receiptStore);
  const records = new IdempotencyRecords(db);
  const durations = new JobDurations(db);
  const jobsOf = (service: string) =>
    new LocalJobClient({ jobs, chunks, registry, offers: miners, durations }, service);
  const ecosystem = new EcosystemService(new EcosystemStore(db), deps.agents, leaseSeconds * 1_000);
  return {
    routers: [
      createJobRouter(jobs, records),
      createMinerWorkRouter(miners, work, records, leaseSeconds),
      createMinerRouter(miners, jobs, new MinerEarningsStore(db)),
      createServiceRouter(registry, miners, durations, CONSTRAINTS_SCHEMA),
      createDelegatedJobRouter(jobsOf),
      createGpuOfferRouter(new GpuOfferService(offers), miners, records),
      createDashboardRouter(ecosystem),
      createExplorerRouter(new ExplorerService(receiptStore, deps.agents)),
      createAdminRouter({ jobs, miners, ecosystem, stats: new AdminStatsStore(db) }),
      createApiKeyRouter(deps.apiKeys, records),
      createSigningKeyRouter(deps.keys, records),
    ],
    sweeper: new JobSweeper(leases, chunks, logger),
    spans,
  };
}
