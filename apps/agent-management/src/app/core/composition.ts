import type { JobClient } from '@aitbc/contracts';
import { coordinatorApi, HttpJobClient } from '@aitbc/coordinator-client';
import {
  ApiKeyService,
  type CompositionOptions,
  createServiceApp,
  databaseMetrics,
  databaseSizeMetrics,
  IdempotencyRecords,
  IdempotencySweep,
  Metrics,
  noTracer,
  oneRouter,
  openPlatformDatabase,
  readinessMetric,
  requireRole,
  type Service,
  ServiceConnection,
  ServiceState,
  ServiceTokens,
  SigningKeys,
  type Tracer,
} from '@aitbc/shared-core';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { composeAgentContext } from '../compose';
import { openEngineLink } from '../executions';
import { AGENT_API, AGENT_CONTEXT_ROLES, agentManagementDocument } from '../openapi';
import type { AgentManagementConfiguration } from './configuration';
import { killAt } from './kill-point';

/**
 * As tokens name this service, and as the coordinator knows whose jobs are whose. Jobs outlive releases, so it is still
 * the name that the agent context had inside the coordinator.
 */
const SUBJECT = 'agent-context';

export interface AgentManagementOptions extends CompositionOptions<AgentManagementConfiguration> {
  /** By default the coordinator's, over HTTP. */
  readonly jobs?: JobClient;
}

export interface AgentManagement extends Service {
  /** Signs receipts and service tokens. */
  readonly keys: SigningKeys;
}

/** The one place where the objects of agent-management are made and given to each other. */
export async function composeAgentManagement(options: AgentManagementOptions): Promise<AgentManagement> {
  const { config, logger, version, showAdminKey, tracer = noTracer } = options;
  const db = await openPlatformDatabase({
    ...{ config, logger, showAdminKey },
    entities: agentContextEntities,
    migrations: agentContextMigrations,
  });
  const keys = await SigningKeys.load(db);
  const apiKeys = new ApiKeyService(db);
  const state = new ServiceState();
  const issuer = () => config.ISSUER_URL ?? config.COORDINATOR_URL;
  const tokens = new ServiceTokens(keys, issuer);
  const { jobs = jobsOver(config.COORDINATOR_URL, tokens, tracer) } = options;
  const link = await openEngineLink(db, logger);
  const reach = killAt(config.DEBUG_KILL_AT);
  const context = composeAgentContext({ db, link, keys, jobs, config, logger, issuer, reach, tracer });
  const idempotencySweep = new IdempotencySweep(new IdempotencyRecords(db), logger);
  const readiness = () => db.ping();
  const ready = readinessMetric({ state, readiness });
  const metrics = [ready, ...databaseMetrics(db), ...databaseSizeMetrics(db), ...context.metrics];
  const app = createServiceApp({
    ...{ service: 'agent-management', version, logger, state, keys, apiKeys, tokens, tracer },
    readiness,
    metrics: new Metrics(metrics, logger),
    servesApi: config.ROLE !== 'worker',
    rateLimitPerSecond: config.RATE_LIMIT_PER_SECOND,
    document: () => agentManagementDocument(version),
    mount: (routes) => routes.use(AGENT_API, oneRouter(requireRole(...AGENT_CONTEXT_ROLES), ...context.routers)),
  });
  return {
    ...{ app, state, keys },
    start() {
      if (config.ROLE === 'api') return;
      context.startWorker();
      if (config.SWEEPS !== 'on') return;
      context.startSweeps();
      idempotencySweep.start();
    },
    async close() {
      await Promise.all([context.stop(), idempotencySweep.stop()]);
      await db.close();
    },
  };
}

function jobsOver(coordinatorUrl: string, tokens: ServiceTokens, tracer: Tracer): JobClient {
  const connection = new ServiceConnection({ service: 'the coordinator', token: tokens.supply(SUBJECT), tracer });
  return new HttpJobClient(coordinatorApi(connection, coordinatorUrl));
}
