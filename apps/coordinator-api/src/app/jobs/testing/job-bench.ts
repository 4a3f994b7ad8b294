import type { AgentDirectory, AgentSummary, JobConstraints } from '@aitbc/contracts';
import { coordinatorEntities, coordinatorMigrations, type Job, Miner } from '@aitbc/coordinator-domain';
import {
  type Database,
  ensureSigningKey,
  generateSigningKey,
  newId,
  platformEntities,
  platformMigrations,
  type SqlRunner,
  type SqlValue,
} from '@aitbc/shared-core';
import type { EngineContext } from '@aitbc/shared-core/testing';
import { JobReceiptStore } from '../../receipts';
import { ServiceRegistry } from '../../registry';
import { JobChunks } from '../job-chunks';
import { JobBells } from '../job-bells';
import { JobLeases } from '../job-leases';
import { JobService } from '../job.service';
import { JobStore } from '../job.store';
import type { JobRequest } from '../new-job';

const LEASE_SECONDS = 30;

/** An empty coordinator database with what stands on it, and short ways to fill it. */
export interface JobBench {
  readonly db: Database;
  readonly url: string;
  readonly store: JobStore;
  readonly leases: JobLeases;
  readonly chunks: JobChunks;
  readonly jobs: JobService;
  readonly agents: AgentBook;
  /** Queues a job of `client` that any miner can do, or one that differs. */
  queue(change?: Partial<JobRequest>): Promise<Job>;
  /** Registers a miner that can do any job, or one that differs. */
  addMiner(change?: Partial<Miner>): Promise<Miner>;
  /** Claims without waiting. */
  claim(miner: Miner): ReturnType<JobLeases['claim']>;
  /** Lets the leases of all running jobs run out. */
  expireLeases(): Promise<void>;
  sql<Row extends object>(statement: string, parameters?: SqlValue[]): Promise<Row[]>;
}

/** @param url of a bench that is open already: a second process, as far as the database can tell. */
export async function openJobBench(context: EngineContext, url?: string): Promise<JobBench> {
  const at = url ?? (await context.freshUrl());
  const db = await context.openDatabase({
    url: at,
    entities: [...platformEntities, ...coordinatorEntities],
    migrations: [...platformMigrations, ...coordinatorMigrations],
    prepare: ensureSigningKey,
  });
  const bells = new JobBells();
  const store = new JobStore(db, bells);
  const leases = new JobLeases(db, bells, LEASE_SECONDS);
  const chunks = new JobChunks(db, bells);
  const agents = new AgentBook();
  const jobs = new JobService(store, bells, new ServiceRegistry(), new JobReceiptStore(db), agents);
  const run = <Row extends object>(statement: string, parameters: SqlValue[] = []): Promise<Row[]> =>
    db.writeSet((sql: SqlRunner) => sql.query<Row>(statement, parameters));
  return {
    ...{ db, url: at, store, leases, chunks, jobs, agents },
    queue: (change) => jobs.submit(aRequest(change)),
    addMiner: async (change) => {
      const miner = aMiner(change);
      await db.write((manager) => manager.insert(Miner, { ...miner }));
      return miner;
    },
    claim: (miner) => leases.claim(miner.id, miner.services, noPatience()),
    expireLeases: async () => void (await run(`UPDATE jobs SET lease_expires_at = 1 WHERE state = 'RUNNING'`)),
    sql: run,
  };
}

/** Looks once. */
export function noPatience() {
  return { seconds: 0, signal: new AbortController().signal };
}

export function aRequest(change: Partial<JobRequest> = {}): JobRequest {
  return {
    serviceType: 'text_analysis',
    serviceRequest: { text: 'a fine day', tasks: ['language'] },
    constraints: {} satisfies JobConstraints,
    ttlSeconds: 900,
    clientId: 'client',
    submittedBy: 'client',
    ...change,
  };
}

function aMiner(change: Partial<Miner> = {}): Miner {
  const id = newId('miner');
  const now = Date.now();
  return Object.assign(new Miner(), {
    id,
    ownerId: 'operator',
    services: null,
    models: ['tiny-llm', 'big-llm'],
    gpus: [
      { name: 'RTX 4090', memory_mb: 24_576 },
      { name: 'T4', memory_mb: 16_384 },
    ],
    cuda: '12.4',
    cudaNumber: 1_204,
    price: 50_000_000,
    concurrency: 64,
    region: 'eu-west',
    publicKey: generateSigningKey().jwk,
    sessionHash: id,
    status: 'available',
    inflight: 0,
    metadata: null,
    lastHeartbeatAt: now,
    registeredAt: now,
    updatedAt: now,
    version: 1,
    removedAt: null,
    ...change,
  } satisfies Miner);
}

/** An agent directory in memory; `unavailable` makes it fail as a real one does when nobody can tell. */
export class AgentBook implements Pick<AgentDirectory, 'find'> {
  readonly known = new Map<string, AgentSummary>();
  unavailable: Error | undefined;

  add(agentId: string, ownerId: string, lifecycle: string): void {
    this.known.set(agentId, { agentId, ownerId, lifecycle, name: undefined, capabilities: [] });
  }

  find(agentId: string): Promise<AgentSummary | undefined> {
    return this.unavailable ? Promise.reject(this.unavailable) : Promise.resolve(this.known.get(agentId));
  }
}
