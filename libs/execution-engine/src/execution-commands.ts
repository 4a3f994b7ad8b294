import { AppError, notFound } from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import { commitOf } from './core/commit';
import type { EngineEvent } from './core/engine-event';
import type { ExecutionState } from './core/execution-state';
import { transition } from './core/transition';
import type { Clock } from './ports/clock.port';
import type { WakeUps } from './ports/queue.port';
import type { ExecutionStore, NewExecution, PlanLoader } from './ports/store.port';

/** A worker commits many times a second at most, so a change from outside gets its turn within few tries. */
const MAX_TRIES = 20;

/** What is done to executions from outside the worker that runs them, from any process. */
export class ExecutionCommands {
  constructor(
    private readonly store: ExecutionStore,
    private readonly plans: PlanLoader,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
  ) {}

  /** Stores a new execution; call it inside a unit of work, and {@link announce} it after the commit. */
  async create(execution: NewExecution): Promise<void> {
    await this.store.insert(execution);
  }

  /** Tells the workers of this process that something is due. */
  announce(): void {
    this.wakeUps.notify({ kind: 'due' });
  }

  /**
   * Cancels an execution: nothing that its worker does afterwards is recorded, and its jobs are cancelled.
   * @throws AppError `not_found`, or `conflict` when it is final already
   */
  async cancel(executionId: string, reason: string): Promise<ExecutionState> {
    const cancelled = await this.change(executionId, (at) => ({ type: 'cancel_requested', at, reason }));
    this.wakeUps.notify({ kind: 'changed', executionId });
    return cancelled;
  }

  private async change(executionId: string, eventAt: (at: number) => EngineEvent): Promise<ExecutionState> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = await this.store.load(executionId);
      if (!before) throw notFound('execution', executionId);
      if (isFinalExecution(before.status)) throw new AppError('conflict', `the execution is already ${before.status}`);
      const plan = await this.plans.load(before.workflowId, before.workflowVersion);
      const at = this.clock.now();
      const { state, records } = transition(plan, before, eventAt(at));
      const commit = commitOf(before, state, records, { owner: null, wakeAt: null }, at);
      if ((await this.store.commit(commit)) === 'committed') return state;
      // The worker committed a step between our read and our write: decide again on the newer state.
    }
    throw new AppError('conflict', 'the execution changes too quickly; try again', { retryAfterSeconds: 1 });
  }
}
