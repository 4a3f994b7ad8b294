import type { AgentDirectory } from '@aitbc/contracts';
import { ApiKeyService, type Database, type Logger, type SigningKeys } from '@aitbc/shared-core';
import type { Router } from 'express';
import { createApiKeyRouter } from '../admin';
import { LocalJobClient } from '../job-client';
import { createJobRouter, JobBells, JobLeases, JobService, JobStore, JobSweeper } from '../jobs';
import { createMinerRouter, createMinerWorkRouter, MinerService, MinerStore, MinerWorkService } from '../miners';
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
}

export interface CoordinatorContext {
  readonly routers: readonly Router[];
  readonly jobClient: LocalJobClient;
  readonly sweeper: JobSweeper;
}

/** Puts together jobs, miners, job receipts, the registry of services and the administration of keys. */
export function composeCoordinatorContext(deps: CoordinatorContextDeps): CoordinatorContext {
  const { db, logger, leaseSeconds } = deps;
  const bells = new JobBells();
  const registry = new ServiceRegistry();
  const receiptStore = new JobReceiptStore(db);
  const jobStore = new JobStore(db, bells);
  const jobs = new JobService(jobStore, bells, registry, receiptStore, deps.agents);
  const leases = new JobLeases(db, bells, leaseSeconds);
  const minerStore = new MinerStore(db);
  const miners = new MinerService(minerStore, leases);
  const issuer = new JobReceiptIssuer(deps.keys, deps.issuer);
  const work = new MinerWorkService(minerStore, jobStore, leases, issuer, receiptStore);
  return {
    routers: [
      createJobRouter(jobs),
      createMinerWorkRouter(miners, work, leaseSeconds),
      createMinerRouter(miners, jobs),
      createServiceRouter(registry, miners),
      createApiKeyRouter(deps.apiKeys),
    ],
    jobClient: new LocalJobClient(jobs),
    sweeper: new JobSweeper(leases, logger),
  };
}
