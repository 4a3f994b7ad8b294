import {
  type EngineMetrics,
  ExecutionWorker,
  type PlanLoader,
  ReleaseSweep,
  type StepHandlers,
  StepRunner,
} from '@aitbc/execution-engine';
import type { CodeSandbox, ExpressionPool } from '@aitbc/sandbox';
import { newId } from '@aitbc/shared-core';
import type { AgentContextDeps } from './compose';
import {
  CoordinatorInferenceHandler,
  CustomCodeHandler,
  DataProcessingHandler,
  DeadOwners,
  identityOf,
  InferenceHandler,
  isSurelyDead,
  JobWatcher,
  OpenAiInferenceHandler,
  ownIdentity,
  PoolEvaluator,
  type ProcessIdentity,
  type TypeOrmExecutionStore,
  VerificationHandler,
  workerIdOf,
} from './executions';

const POLL_MS = 500;
const MAX_PARALLEL_STEPS = 32;
const MAX_VALUE_BYTES = 1024 * 1024;

/** What the worker shares with the rest of the agent context. */
export interface WorkerParts {
  readonly store: TypeOrmExecutionStore;
  readonly plans: PlanLoader;
  readonly pool: ExpressionPool;
  readonly sandbox: CodeSandbox;
  readonly metrics: EngineMetrics;
}

/** What runs executions, with what it needs beside it. */
export interface RunningWorker {
  start(): void;
  /** Hands back what it holds; steps in flight have `graceMs` to end. */
  stop(graceMs: number): Promise<void>;
}

/** Puts together what runs executions in this process. */
export function composeWorker(deps: AgentContextDeps, parts: WorkerParts): RunningWorker {
  const { logger, reach } = deps;
  const { clock, wakeUps } = deps.link;
  const { store, plans, pool, metrics } = parts;
  const own = ownIdentity();
  const handlers = stepHandlers(deps, parts);
  const runner = new StepRunner(handlers, new PoolEvaluator(pool), clock, logger, {
    maxValueBytes: MAX_VALUE_BYTES,
    newRowId: () => newId('step_exec'),
  });
  const releases = new ReleaseSweep(store, handlers, logger, reach);
  const worker = new ExecutionWorker(
    { store, plans, runner, wakeUps, clock, releases, logger, metrics, reach },
    workerOptions(deps, own),
  );
  const beside = [new JobWatcher(deps.jobs, worker, store, logger), ...deadOwners(deps, parts, own)];
  return {
    start() {
      for (const each of [worker, ...beside]) each.start();
    },
    async stop(graceMs) {
      await Promise.all([worker.stop(graceMs), ...beside.map((each) => each.stop())]);
    },
  };
}

/** Processes that share a SQLite file share a machine, and can tell who of them is dead; elsewhere leases run out. */
function deadOwners({ db, link, logger }: AgentContextDeps, { store }: WorkerParts, own: ProcessIdentity) {
  if (db.engine !== 'sqlite') return [];
  const isDead = (workerId: string): boolean => {
    const owner = identityOf(workerId);
    return owner !== undefined && isSurelyDead(owner, own);
  };
  return [new DeadOwners(store, isDead, link.wakeUps, logger)];
}

function workerOptions({ config, pollMs = POLL_MS }: AgentContextDeps, own: ProcessIdentity) {
  const { WORKER_CONCURRENCY: concurrency, LEASE_SECONDS } = config;
  return {
    workerId: workerIdOf(own),
    concurrency,
    leaseMs: LEASE_SECONDS * 1000,
    pollMs,
    maxParallelSteps: MAX_PARALLEL_STEPS,
    maxSteps: concurrency * 4,
  };
}

function stepHandlers(
  { jobs, config, link: { clock } }: AgentContextDeps,
  { pool, sandbox }: WorkerParts,
): StepHandlers {
  const inference = new InferenceHandler({
    coordinator: new CoordinatorInferenceHandler(jobs, () => clock.now()),
    openai: OpenAiInferenceHandler.from(config),
  });
  return {
    data_processing: new DataProcessingHandler(pool),
    verification: new VerificationHandler(pool),
    custom: new CustomCodeHandler(sandbox, config.CUSTOM_CODE_PRICE_PER_CPU_SECOND),
    inference,
    training: inference,
  };
}
