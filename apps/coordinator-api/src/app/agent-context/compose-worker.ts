import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type ExecutionStore,
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
  InferenceHandler,
  JobWatcher,
  OpenAiInferenceHandler,
  PoolEvaluator,
  VerificationHandler,
} from './executions';

const POLL_MS = 500;
const MAX_PARALLEL_STEPS = 32;
const MAX_VALUE_BYTES = 1024 * 1024;

/** What the worker shares with the rest of the agent context. */
export interface WorkerParts {
  readonly store: ExecutionStore;
  readonly plans: PlanLoader;
  readonly pool: ExpressionPool;
  readonly sandbox: CodeSandbox;
}

/** Puts together what runs executions in this process. */
export function composeWorker(deps: AgentContextDeps, parts: WorkerParts) {
  const { logger, reach } = deps;
  const { clock, wakeUps } = deps.link;
  const { store, plans, pool } = parts;
  const handlers = stepHandlers(deps, parts);
  const runner = new StepRunner(handlers, new PoolEvaluator(pool), clock, logger, {
    maxValueBytes: MAX_VALUE_BYTES,
    newRowId: () => newId('step_exec'),
  });
  const releases = new ReleaseSweep(store, handlers, logger, reach);
  const worker = new ExecutionWorker(
    { store, plans, runner, wakeUps, clock, releases, logger, reach },
    workerOptions(deps),
  );
  return { worker, watcher: new JobWatcher(deps.jobs, worker, logger) };
}

function workerOptions({ config, pollMs = POLL_MS }: AgentContextDeps) {
  const { WORKER_CONCURRENCY: concurrency, LEASE_SECONDS } = config;
  return {
    // A restarted process must not be taken for the one before it.
    workerId: `${hostname().slice(0, 40)}:${process.pid}:${randomUUID().slice(0, 8)}`,
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
    custom: new CustomCodeHandler(sandbox),
    inference,
    training: inference,
  };
}
