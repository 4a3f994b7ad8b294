import { coordinatorEntities, coordinatorMigrations } from '@aitbc/coordinator-domain';
import {
  ApiKeyService,
  type Database,
  databaseMetrics,
  databaseSizeMetrics,
  ensureAdminKey,
  ensureSigningKey,
  IdempotencyRecords,
  IdempotencySweep,
  type Logger,
  Metrics,
  noTracer,
  openDatabase,
  platformEntities,
  platformMigrations,
  ServiceState,
  ServiceTokens,
  SigningKeys,
  type Tracer,
} from '@aitbc/shared-core';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import type { Express } from 'express';
import {
  AgentRepository,
  composeAgentContext,
  LocalAgentDirectory,
  openEngineLink,
  PublicReceipts,
} from '../agent-context';
import { createApp } from '../app';
import type { CoordinatorConfiguration } from './configuration';
import { composeCoordinatorContext } from './coordinator-context';
import { killAt } from './kill-point';
import { queueMetrics } from './queue-metrics';

export interface Coordinator {
  readonly app: Express;
  readonly state: ServiceState;
  /** Signs receipts and service tokens. */
  readonly keys: SigningKeys;
  /** Begins the background work of this process: executions and sweeps, as `ROLE` and `SWEEPS` say. */
  start(): void;
  /** Hands back what is held and closes the database. Call it when no request is in flight any more. */
  close(): Promise<void>;
}

export interface CompositionOptions {
  readonly config: CoordinatorConfiguration;
  readonly logger: Logger;
  readonly version: string;
  /** The process's own URL, asked for when it is needed: with `PORT=0` it is known only when the process listens. */
  readonly ownUrl: () => string;
  /** Shows the first admin key of a new database to the operator. */
  readonly showAdminKey: (key: string) => void;
  /** Is told what is traced; by default nothing is. */
  readonly tracer?: Tracer;
}

/** The one place where the coordinator's objects are made and given to each other. */
export async function composeCoordinator(options: CompositionOptions): Promise<Coordinator> {
  const { config, logger, tracer = noTracer } = options;
  const db = await openCoordinatorDatabase(options);
  const keys = await SigningKeys.load(db);
  const apiKeys = new ApiKeyService(db);
  const state = new ServiceState();
  const issuer = () => config.ISSUER_URL ?? options.ownUrl();
  const agents = new LocalAgentDirectory(new AgentRepository(db), new PublicReceipts(db));
  const leaseSeconds = config.JOB_LEASE_SECONDS;
  const coordinator = composeCoordinatorContext({ db, keys, apiKeys, agents, logger, issuer, leaseSeconds, tracer });
  const reach = killAt(config.DEBUG_KILL_AT);
  const link = await openEngineLink(db, logger);
  const jobs = coordinator.jobClient;
  const agentContext = composeAgentContext({ db, link, keys, jobs, config, logger, issuer, reach, tracer });
  const idempotencySweep = new IdempotencySweep(new IdempotencyRecords(db), logger);
  const app = createApp({
    version: options.version,
    logger,
    state,
    readiness: () => db.ping(),
    keys,
    apiKeys,
    tracer,
    tokens: new ServiceTokens(keys, issuer),
    metrics: new Metrics(
      [...databaseMetrics(db), ...databaseSizeMetrics(db), ...queueMetrics(db), ...agentContext.metrics],
      logger,
    ),
    servesApi: config.ROLE !== 'worker',
    rateLimitPerSecond: config.RATE_LIMIT_PER_SECOND,
    agentRouters: agentContext.routers,
    coordinatorRouters: coordinator.routers,
  });
  return {
    app,
    state,
    keys,
    start() {
      if (config.ROLE === 'api') return;
      agentContext.startWorker();
      if (config.SWEEPS !== 'on') return;
      agentContext.startSweeps();
      coordinator.sweeper.start();
      idempotencySweep.start();
    },
    async close() {
      await Promise.all([agentContext.stop(), coordinator.sweeper.stop(), idempotencySweep.stop()]);
      await coordinator.spans.settled();
      await db.close();
    },
  };
}

async function openCoordinatorDatabase({ config, logger, showAdminKey }: CompositionOptions): Promise<Database> {
  return openDatabase({
    url: config.DATABASE_URL,
    entities: [...platformEntities, ...agentContextEntities, ...coordinatorEntities],
    migrations: [...platformMigrations, ...agentContextMigrations, ...coordinatorMigrations],
    logger,
    prepare: async (manager) => {
      await ensureSigningKey(manager);
      const created = await ensureAdminKey(manager, config.BOOTSTRAP_ADMIN_KEY);
      if (created !== undefined && created !== config.BOOTSTRAP_ADMIN_KEY) showAdminKey(created);
    },
  });
}
