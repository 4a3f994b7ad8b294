import {
  type EngineMetrics,
  type ExecutionState,
  ExecutionWorker,
  type ExpressionEvaluator,
  type PlanLoader,
  ReleaseSweep,
  type StartClaims,
  type StepHandlers,
  StepRunner,
} from '@aitbc/execution-engine';
import type { CodeSandbox, ExpressionPool } from '@aitbc/sandbox';
import { newId, noTracer, traceFields } from '@aitbc/shared-core';
import type { AgentContextDeps } from './compose';
import {
  CoordinatorInferenceHandler,
  CustomCodeHandler,
  DataProcessingHandler,
  DeadOwners,
  executionTrace,
  identityOf,
  InferenceHandler,
  isSurelyDead,
  JobWatcher,
  OpenAiInferenceHandler,
  ownIdentity,
  PlainEvaluator,
  PoolEvaluator,
  type ProcessIdentity,
  tracedHandlers,
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
  /** By which it takes up new executions as they are stored, once it was started. */
  readonly claims: StartClaims;
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
  const handlers = tracedHandlers(stepHandlers(deps, parts, () => watcher.hasBegun));
  const runnerOf = (evaluator: ExpressionEvaluator) =>
    new StepRunner(handlers, evaluator, clock, logger, {
      maxValueBytes: MAX_VALUE_BYTES,
      newRowId: () => newId('step_exec'),
    });
  const runners = { runner: runnerOf(new PoolEvaluator(pool)), opener: runnerOf(new PlainEvaluator()) };
  const logContext = (execution: ExecutionState) => traceFields(executionTrace(execution));
  const releases = new ReleaseSweep(store, handlers, logger, reach);
  const worker = new ExecutionWorker(
    { store, plans, ...runners, wakeUps, clock, releases, logger, metrics, reach, logContext },
    workerOptions(deps, own),
  );
  const watcher = new JobWatcher(deps.jobs, worker, store, logger);
  const beside = [watcher, ...deadOwners(deps, parts, own)];
  return {
    claims: worker,
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
  { jobs, config, link: { clock }, tracer = noTracer }: AgentContextDeps,
  { pool, sandbox }: WorkerParts,
  hearsEnds: () => boolean,
): StepHandlers {
  const inference = new InferenceHandler({
    coordinator: new CoordinatorInferenceHandler(jobs, () => clock.now(), hearsEnds),
    openai: OpenAiInferenceHandler.from(config, tracer),
  });
  return {
    data_processing: new DataProcessingHandler(pool),
    verification: new VerificationHandler(pool),
    custom: new CustomCodeHandler(sandbox, config.CUSTOM_CODE_PRICE_PER_CPU_SECOND),
    inference,
    training: inference,
  };
}
