import { agentApi, HttpAgentDirectory } from '@aitbc/agent-client';
import { DatabaseAgentDirectory } from '@aitbc/agent-directory';
import { coordinatorEntities, coordinatorMigrations } from '@aitbc/coordinator-domain';
import {
  API_BASE,
  ApiKeyService,
  type CompositionOptions,
  createServiceApp,
  type Database,
  databaseMetrics,
  databaseSizeMetrics,
  IdempotencyRecords,
  IdempotencySweep,
  Metrics,
  noTracer,
  oneRouter,
  openPlatformDatabase,
  readinessMetric,
  type Service,
  ServiceConnection,
  ServiceState,
  ServiceTokens,
  SigningKeys,
} from '@aitbc/shared-core';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { FallbackAgentDirectory } from '../agent-directory';
import { AgentProxy, PlatformDocument } from '../agent-proxy';
import { coordinatorDocument } from '../openapi';
import type { CoordinatorConfiguration } from './configuration';
import { composeCoordinatorContext } from './coordinator-context';
import { queueMetrics } from './queue-metrics';

/** As tokens name this service. */
const SUBJECT = 'coordinator';
/** Somebody waits for the answer, and the database has it too: a service that hangs is left alone after two requests. */
const IMPATIENCE = { tries: 2, breakerFailures: 2 };

export interface Coordinator extends Service {
  /** Signs receipts and service tokens. */
  readonly keys: SigningKeys;
}

/** The one place where the coordinator's objects are made and given to each other. */
export async function composeCoordinator(options: CompositionOptions<CoordinatorConfiguration>): Promise<Coordinator> {
  const { config, logger, version, showAdminKey, tracer = noTracer } = options;
  const db = await openPlatformDatabase({
    ...{ config, logger, showAdminKey },
    // The agents' tables too: they are read while the agent service is away, and it may come after this one.
    entities: [...agentContextEntities, ...coordinatorEntities],
    migrations: [...agentContextMigrations, ...coordinatorMigrations],
  });
  const keys = await SigningKeys.load(db);
  const apiKeys = new ApiKeyService(db);
  const state = new ServiceState();
  const issuer = () => config.ISSUER_URL ?? options.ownUrl();
  const tokens = new ServiceTokens(keys, issuer);
  const agents = agentsOf(options, db, tokens);
  const proxy = new AgentProxy({ url: config.AGENT_MANAGEMENT_URL, logger });
  const described = new PlatformDocument({ url: config.AGENT_MANAGEMENT_URL });
  const leaseSeconds = config.JOB_LEASE_SECONDS;
  const context = composeCoordinatorContext({ db, keys, apiKeys, agents, logger, issuer, leaseSeconds, tracer });
  const idempotencySweep = new IdempotencySweep(new IdempotencyRecords(db), logger);
  const readiness = () => db.ping();
  const ofDatabase = [...databaseMetrics(db), ...databaseSizeMetrics(db), ...queueMetrics(db, leaseSeconds * 1_000)];
  const sources = [readinessMetric({ state, readiness }), ...ofDatabase, ...agents.metrics, ...proxy.metrics];
  const app = createServiceApp({
    ...{ service: 'coordinator-api', version, logger, state, keys, apiKeys, tokens, tracer },
    readiness,
    metrics: new Metrics(sources, logger),
    servesApi: config.ROLE !== 'worker',
    rateLimitPerSecond: config.RATE_LIMIT_PER_SECOND,
    beforeAuthentication: proxy.handler,
    document: () => coordinatorDocument(version),
    completeDocument: (own, req) => described.complete(own, req),
    mount: (routes) => routes.use(API_BASE, oneRouter(...context.routers)),
  });
  return {
    ...{ app, state, keys },
    start() {
      if (config.ROLE === 'api' || config.SWEEPS !== 'on') return;
      context.sweeper.start();
      idempotencySweep.start();
    },
    async close() {
      proxy.close();
      await Promise.all([context.sweeper.stop(), idempotencySweep.stop()]);
      await context.spans.settled();
      await db.close();
    },
  };
}

function agentsOf(
  { config, logger, tracer = noTracer }: CompositionOptions<CoordinatorConfiguration>,
  db: Database,
  tokens: ServiceTokens,
): FallbackAgentDirectory {
  const named = { service: 'the agent service', token: tokens.supply(SUBJECT), tracer };
  const connection = new ServiceConnection({ ...named, ...IMPATIENCE });
  return new FallbackAgentDirectory({
    service: new HttpAgentDirectory(agentApi(connection, config.AGENT_MANAGEMENT_URL)),
    database: new DatabaseAgentDirectory(db),
    logger,
  });
}
