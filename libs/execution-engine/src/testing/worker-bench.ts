import { createLogger, newId } from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import type { ExecutionState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import { ExecutionCommands } from '../execution-commands';
import { systemClock } from '../ports/clock.port';
import type { ExpressionEvaluator } from '../ports/expressions.port';
import { LocalWakeUps } from '../ports/queue.port';
import type { ExecutionStore, NewExecution } from '../ports/store.port';
import { ExecutionWorker, type WorkerDependencies, type WorkerOptions } from '../worker/execution-worker';
import { ReleaseSweep } from '../worker/release-sweep';
import { type StepHandlers, StepRunner } from '../worker/step-runner';
import { newExecution } from './fixtures';
import { JsonataEvaluator } from './jsonata-evaluator';

/** Workers over one store, for tests: start executions of one plan, and wait for what becomes of them. */
export class WorkerBench {
  private readonly workers: ExecutionWorker[] = [];
  private readonly wakeUps = new LocalWakeUps();
  readonly commands: ExecutionCommands;

  constructor(
    private readonly store: ExecutionStore,
    private readonly plan: ExecutionPlan,
    private readonly handlers: StepHandlers,
    private readonly evaluator: ExpressionEvaluator = new JsonataEvaluator(),
  ) {
    this.commands = new ExecutionCommands(store, this.plans(), this.wakeUps, systemClock);
  }

  startWorker(options: Partial<WorkerOptions> = {}, parts: Partial<WorkerDependencies> = {}): ExecutionWorker {
    const logger = quietLogger();
    const worker = new ExecutionWorker(
      {
        store: this.store,
        plans: this.plans(),
        runner: this.newRunner(),
        wakeUps: this.wakeUps,
        clock: systemClock,
        releases: new ReleaseSweep(this.store, this.handlers, logger),
        logger,
        ...parts,
      },
      {
        workerId: newId('sess'),
        concurrency: 16,
        // No test that does not want it loses a lease to a machine that stands still.
        leaseMs: 30_000,
        pollMs: 20,
        maxParallelSteps: 32,
        maxSteps: 64,
        ...options,
      },
    );
    worker.start();
    this.workers.push(worker);
    return worker;
  }

  /** What prepares and runs its steps; may begin them while an execution is stored. */
  newRunner(): StepRunner {
    return new StepRunner(this.handlers, this.evaluator, systemClock, quietLogger(), {
      maxValueBytes: 100_000,
      newRowId: () => newId('step_exec'),
    });
  }

  async begin(changes: Partial<NewExecution> = {}): Promise<string> {
    const execution = newExecution(this.plan, changes);
    await this.commands.create(execution);
    this.commands.announce();
    return execution.id;
  }

  /** Waits until the execution is final, or until `condition` holds. */
  async until(
    id: string,
    condition: (state: ExecutionState) => boolean = isOver,
    timeoutMs = 20_000,
  ): Promise<ExecutionState> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const state = await this.store.load(id);
      if (state && condition(state)) return state;
      if (Date.now() > end) throw new Error(`timed out; the execution is ${JSON.stringify(state)}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop(0)));
  }

  private plans() {
    return { load: () => Promise.resolve(this.plan) };
  }
}

function isOver(state: ExecutionState): boolean {
  return isFinalExecution(state.status);
}

function quietLogger() {
  return createLogger({ service: 'test', level: 'error', format: 'json' });
}
