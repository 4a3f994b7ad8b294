import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobClient } from '@aitbc/contracts';
import { coordinatorApi, HttpJobClient } from '@aitbc/coordinator-client';
import { coordinatorEntities, coordinatorMigrations } from '@aitbc/coordinator-domain';
import {
  ApiKeyService,
  authenticate,
  type Database,
  ensureSigningKey,
  IdempotencyRecords,
  platformEntities,
  platformMigrations,
  ServiceConnection,
  ServiceTokens,
  SigningKeys,
} from '@aitbc/shared-core';
import { createTestApp, type EngineContext } from '@aitbc/shared-core/testing';
import { CONSTRAINTS_SCHEMA, createJobRouter, JobBells, JobChunks, JobLeases, JobService, JobStore } from '../../jobs';
import { JobReceiptStore } from '../../receipts';
import { createServiceRouter, ServiceRegistry } from '../../registry';
import { createDelegatedJobRouter } from '../delegated-job.router';
import { JobDurations } from '../job-durations';
import { AGENT_CONTEXT_SUBJECT, LocalJobClient } from '../local-job-client';

/** How the agent context reaches the jobs. */
export type Way = 'calls' | 'HTTP';

export interface JobClientBench {
  readonly db: Database;
  readonly jobs: JobService;
  readonly leases: JobLeases;
  readonly client: JobClient;
  /** Of the server, which there is for HTTP only. */
  readonly close: () => Promise<void>;
}

/** Jobs on an empty database, and the agent context's client of them. */
export async function openJobClient(context: EngineContext, way: Way): Promise<JobClientBench> {
  const db = await context.openDatabase({
    entities: [...platformEntities, ...coordinatorEntities],
    migrations: [...platformMigrations, ...coordinatorMigrations],
    prepare: ensureSigningKey,
  });
  const bells = new JobBells();
  const leases = new JobLeases(db, bells, 30);
  const notAsked = () => Promise.reject(new Error('the agent context answers for its agents itself'));
  const registry = new ServiceRegistry();
  const receipts = new JobReceiptStore(db);
  const jobs = new JobService(new JobStore(db, bells), bells, registry, receipts, { find: notAsked });
  const offers = { onlineByService: () => Promise.resolve(new Map([['whisper', 2]])) };
  const deps = { jobs, chunks: new JobChunks(db, bells), registry, offers, durations: new JobDurations(db) };
  const jobsOf = (service: string) => new LocalJobClient(deps, service);
  if (way === 'calls') {
    return { db, jobs, leases, client: jobsOf(AGENT_CONTEXT_SUBJECT), close: () => Promise.resolve() };
  }
  const tokens = new ServiceTokens(await SigningKeys.load(db), () => 'https://coordinator.test');
  const { app } = createTestApp((routes) =>
    routes.use(
      '/api/v1',
      authenticate(new ApiKeyService(db), tokens),
      createJobRouter(jobs, new IdempotencyRecords(db)),
      createServiceRouter(registry, offers, deps.durations, CONSTRAINTS_SCHEMA),
      createDelegatedJobRouter(jobsOf),
    ),
  );
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const token = () => tokens.issue(AGENT_CONTEXT_SUBJECT);
  // The server is this process: a stall of the machine is not to pass for the silence of a service.
  const connection = new ServiceConnection({ service: 'the coordinator', token, timeoutMs: 20_000 });
  const { port } = server.address() as AddressInfo;
  const client = new HttpJobClient(coordinatorApi(connection, `http://127.0.0.1:${port}`));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { db, jobs, leases, client, close };
}
