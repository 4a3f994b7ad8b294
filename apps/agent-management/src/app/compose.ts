import { DatabaseAgentDirectory } from '@aitbc/agent-directory';
import type { JobClient } from '@aitbc/contracts';
import { type DebugPoints, ExecutionCommands } from '@aitbc/execution-engine';
import {
  type Database,
  type Distribution,
  IdempotencyRecords,
  type Logger,
  type MetricsSource,
  noTracer,
  type SigningKeys,
  type TokenPrices,
  type Tracer,
} from '@aitbc/shared-core';
import { UnavailableProver, type ZeroKnowledgeProver } from '@aitbc/receipts';
import { CodeSandbox, ExpressionPool } from '@aitbc/sandbox';
import type { Router } from 'express';
import { createDirectoryRouter } from './agent-directory';
import { AgentRepository, AgentService, createAgentRouter } from './agents';
import { composeWorker, type RunningWorker } from './compose-worker';
import {
  BulkControl,
  composeEvents,
  createControlRouter,
  createExecutionRouter,
  type EngineLink,
  ExecutionControl,
  executionGauges,
  ExecutionMetrics,
  ExecutionNews,
  ExecutionEstimates,
  ExecutionRepository,
  ExecutionService,
  ExecutionSpans,
  ExecutionStarts,
  ExecutionWaits,
  ownIdentity,
  RetentionStore,
  RetentionSweep,
  SharedNews,
  StoredEventFeed,
  StoredRunningExecutions,
  TypeOrmExecutionStore,
  workerIdOf,
  WorkflowPlans,
} from './executions';
import { createNetworkRouter, NetworkRepository, NetworkService } from './networks';
import { createServiceJobRouter, createServiceStreamRouter, JobStreams, ServiceJobService } from './service-jobs';
import { createReceiptRouter, ReceiptService, type StoredFacts } from './verification';
import { composeWebhooks, type WebhookConfiguration, type WebhookDeps, type Webhooks } from './webhooks';
import {
  createWorkflowRouter,
  VersionCache,
  WorkflowRepository,
  WorkflowService,
  WorkflowValidator,
} from './workflows';

/** What of the service's configuration the agent context reads. */
export interface AgentContextConfiguration extends WebhookConfiguration {
  readonly WORKER_CONCURRENCY: number;
  readonly LEASE_SECONDS: number;
  readonly EXECUTION_RETENTION_DAYS: number;
  readonly INFERENCE_BASE_URL: string | undefined;
  readonly INFERENCE_API_KEY: string | undefined;
  readonly INFERENCE_MODELS: readonly string[] | undefined;
  readonly INFERENCE_PRICES: TokenPrices | undefined;
  /** Units of 10⁻⁸ coin. */
  readonly CUSTOM_CODE_PRICE_PER_CPU_SECOND: number;
}

export interface AgentContextDeps {
  readonly db: Database;
  /** The time, and the way to other processes; ended by the context's `stop`. */
  readonly link: EngineLink;
  readonly keys: SigningKeys;
  readonly jobs: JobClient;
  readonly config: AgentContextConfiguration;
  readonly logger: Logger;
  /** `issuer` of receipts. */
  readonly issuer: () => string;
  /** Called at the engine's debug points, for fault tests. */
  readonly reach?: DebugPoints;
  /** Longest time (ms) between two looks of the worker for what no wake-up told it; default 500. */
  readonly pollMs?: number;
  /** Is told what is traced; by default nothing is. */
  readonly tracer?: Tracer;
}

export interface AgentContext {
  /** To be mounted under the agent context's prefix, after authentication. */
  readonly routers: readonly Router[];
  /** What there is to tell Prometheus about executions. */
  readonly metrics: readonly (MetricsSource | Distribution)[];
  /** Begins to run executions in this process. */
  startWorker(): void;
  /** Begins to delete executions whose time is over. */
  startSweeps(): void;
  /** Hands back what the worker holds, and ends the sandboxes. */
  stop(): Promise<void>;
}

/** Memory that the code of a `custom` step may use. */
const CODE_MEMORY_MB = 32;
/** Its time. A run that is stopped here fails its step within a second, the stopping included. */
const CODE_TIMEOUT_MS = 750;
/** How long steps in flight may go on when the process stops, before they are aborted and left to another worker. */
const STOP_GRACE_MS = 2_000;

/** Puts the agent context together. It knows the rest of the platform only as a {@link JobClient}. */
export function composeAgentContext(deps: AgentContextDeps): AgentContext {
  const { db, keys, reach } = deps;
  const { clock, wakeUps } = deps.link;
  const now = () => clock.now();
  const pool = new ExpressionPool();
  const sandbox = new CodeSandbox({ memoryMb: CODE_MEMORY_MB, timeoutMs: CODE_TIMEOUT_MS });
  const records = new IdempotencyRecords(db);
  const versions = new WorkflowRepository(db);
  const repository = new ExecutionRepository(db);
  const { news, sharedNews, feed, events, metrics, spans, store } = openStore(deps, repository, versions);
  const plans = new WorkflowPlans(versions);
  const worker = composeWorker(deps, { store, plans, pool, sandbox, metrics });
  const commands = new ExecutionCommands(store, plans, wakeUps, clock, reach, worker.claims);
  const agentRepository = new AgentRepository(db);
  const agents = new AgentService(db, agentRepository);
  const prover = new UnavailableProver();
  const running = new StoredRunningExecutions(db, repository, store, plans, wakeUps, now);
  const workflows = new WorkflowService(db, versions, new WorkflowValidator(checkers(pool, sandbox, prover)), running);
  const estimates = new ExecutionEstimates(db);
  const starts = new ExecutionStarts({ db, commands, store, records, agents, workflows });
  const executions = new ExecutionService({ repository, estimates, starts, workflows, versions, prover }, now);
  const control = new ExecutionControl({ db, executions, commands, store, plans, agents, workflows, prover }, now);
  const memoryLimitBytes = CODE_MEMORY_MB * 1024 * 1024;
  const stored = storedFacts(db, repository);
  const facts = { db, executions, keys, schemas: pool, prover, stored, memoryLimitBytes };
  const receipts = new ReceiptService({ ...facts, issuer: deps.issuer });
  const retention = retentionOf(deps);
  const webhooks = webhooksOf(deps, { feed, workflows, records });
  return {
    // Those that are called most come first: a request is held against every route before its own.
    routers: [
      createExecutionRouter(executions, new ExecutionWaits(executions, news), records),
      createWorkflowRouter(workflows, records),
      createAgentRouter({ service: agents, records, statsParts: [executionStats(repository)] }),
      createNetworkRouter(new NetworkService(db, new NetworkRepository(db), agentRepository), records),
      events.router,
      createControlRouter(control, new BulkControl(repository, control), records),
      createReceiptRouter(receipts, keys),
      ...serviceJobRouters(deps, records),
      ...webhooks.routers,
      createDirectoryRouter(new DatabaseAgentDirectory(db)),
    ],
    metrics: [
      ...metrics.sources,
      ...executionGauges({ db, repository, now }),
      ...retention.metrics,
      ...events.metrics,
      ...webhooks.metrics,
    ],
    ...lifeOf(
      { worker, retention, webhooks },
      {
        stopListening: () => events.close(),
        async close() {
          await spans.settled();
          await Promise.all([pool.close(), sandbox.close(), sharedNews.close(), deps.link.close()]);
        },
      },
    ),
  };
}

interface Background {
  readonly worker: RunningWorker;
  readonly retention: RetentionSweep;
  readonly webhooks: Webhooks;
}

/** What begins and ends in the background, and in which order. */
function lifeOf(
  { worker, retention, webhooks }: Background,
  end: { readonly stopListening: () => void; readonly close: () => Promise<void> },
): Pick<AgentContext, 'startWorker' | 'startSweeps' | 'stop'> {
  let started = false;
  return {
    startWorker() {
      started = true;
      worker.start();
      webhooks.start();
    },
    startSweeps() {
      retention.start();
      webhooks.startSweeps();
    },
    async stop() {
      end.stopListening();
      await retention.stop();
      await Promise.all([webhooks.stop(STOP_GRACE_MS), ...(started ? [worker.stop(STOP_GRACE_MS)] : [])]);
      await end.close();
    },
  };
}

/** The store, and what hears of what this process writes. */
function openStore(deps: AgentContextDeps, executions: ExecutionRepository, workflows: WorkflowRepository) {
  const { db, logger, issuer, tracer = noTracer } = deps;
  const news = new ExecutionNews(db, logger);
  const sharedNews = new SharedNews(news, db, logger);
  const feed = new StoredEventFeed(db, logger);
  const metrics = new ExecutionMetrics();
  const spans = new ExecutionSpans(executions, workflows, tracer, logger);
  const store = new TypeOrmExecutionStore(db, (commits) => {
    metrics.written(commits);
    spans.written(commits);
    sharedNews.written(commits);
    feed.announce();
  });
  const events = composeEvents({ db, feed, news, logger, source: issuer });
  return { news, sharedNews, feed, events, metrics, spans, store };
}

function retentionOf({ db, logger, config: { EXECUTION_RETENTION_DAYS: days } }: AgentContextDeps): RetentionSweep {
  return new RetentionSweep(new RetentionStore(db), db, logger, { days });
}

function serviceJobRouters({ db, jobs, logger }: AgentContextDeps, records: IdempotencyRecords): Router[] {
  const service = new ServiceJobService(db, jobs);
  const streams = new JobStreams(jobs, logger);
  return [createServiceStreamRouter(service, streams, records), createServiceJobRouter(service, records)];
}

function webhooksOf(
  { db, config, logger, issuer: source, link }: AgentContextDeps,
  parts: Pick<WebhookDeps, 'feed' | 'workflows' | 'records'>,
): Webhooks {
  const now = () => link.clock.now();
  return composeWebhooks({ ...parts, db, config, logger, source, now, processName: workerIdOf(ownIdentity()) });
}

/** Reads versions by a repository of its own that keeps none of them in memory. */
function storedFacts(db: Database, repository: ExecutionRepository): StoredFacts {
  const versions = new WorkflowRepository(db, new VersionCache(0));
  return {
    events: (executionId) => repository.events(executionId),
    loadVersion: (workflowId, version) => versions.loadVersion(workflowId, version),
  };
}

/** How workflows are checked when they are stored: by the same sandboxes in which they run later. */
function checkers(pool: ExpressionPool, sandbox: CodeSandbox, prover: ZeroKnowledgeProver) {
  return {
    prover,
    expressions: {
      check: (expressions: readonly string[]) => Promise.all(expressions.map((text) => pool.parse(text))),
      paths: (expressions: readonly string[]) => Promise.all(expressions.map((text) => pool.paths(text))),
    },
    code: { check: async (code: string) => (await sandbox.check(code))?.message },
    schemas: { check: (schema: unknown) => schemaProblem(pool, schema) },
  };
}

async function schemaProblem(pool: ExpressionPool, schema: unknown): Promise<string | undefined> {
  return pool.validateSchema(schema, null).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

function executionStats(repository: ExecutionRepository) {
  return {
    async figures() {
      const executions_by_status = await repository.countsByStatus();
      const total_executions = Object.values(executions_by_status).reduce((total, count) => total + count, 0);
      return { total_executions, executions_by_status };
    },
  };
}
