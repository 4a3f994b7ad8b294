import { AppError, notFound } from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import { commitOf } from './core/commit';
import type { EngineEvent } from './core/engine-event';
import type { ExecutionState, StepState } from './core/execution-state';
import { initialState } from './core/initial-state';
import type { ExecutionPlan } from './core/plan';
import { transition } from './core/transition';
import type { Clock } from './ports/clock.port';
import { type DebugPoints, noDebugPoints } from './ports/debug-points.port';
import type { WakeUp, WakeUps } from './ports/queue.port';
import type { StartClaims } from './ports/start-claims.port';
import type {
  ExecutionCommit,
  ExecutionStore,
  NewExecution,
  NewSignal,
  NewStart,
  PlanLoader,
} from './ports/store.port';

/** A worker commits many times a second at most, so a change from outside gets its turn within few tries. */
const MAX_TRIES = 20;

/** What is done to executions from outside the worker that runs them, from any process. */
export class ExecutionCommands {
  constructor(
    private readonly store: ExecutionStore,
    private readonly plans: PlanLoader,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    private readonly reach: DebugPoints = noDebugPoints,
    private readonly claims?: StartClaims,
  ) {}

  /**
   * Stores a new execution; call it inside a unit of work, and {@link announce} it after the commit.
   * @param adoption what it takes over of another execution
   */
  async create(execution: NewExecution, adoption?: Adoption): Promise<void> {
    await this.store.insert(execution, adoption && adoptionCommit(execution, adoption));
  }

  /**
   * Before a new execution is stored: where the worker of this process has room for it, it is to be held from the start.
   * Afterwards call {@link begin} or {@link abandon}.
   */
  async prepare(execution: NewExecution): Promise<PreparedStart> {
    const held = this.claims?.offer();
    if (!held || !this.claims) return { execution };
    try {
      const { state, first } = await this.claims.open(execution, held);
      return { execution, held, first, state };
    } catch (error) {
      this.claims.withdraw(held);
      throw error;
    }
  }

  /** Stores new executions; call it inside a unit of work. */
  async createAll(starts: readonly PreparedStart[]): Promise<void> {
    await this.store.insertAll(starts);
  }

  /** After the commit: the worker of this process runs those that it holds, and all workers are told of the others. */
  begin(starts: readonly PreparedStart[]): void {
    if (starts.some(({ held }) => !held)) this.announce();
    for (const { held, state, first } of starts) if (held && state) this.claims?.take({ state, first }, held);
  }

  /** It was not stored. */
  abandon({ held }: PreparedStart): void {
    if (held) this.claims?.withdraw(held);
  }

  /** Tells the workers of this process that something is due. */
  announce(): void {
    this.notify({ kind: 'due' });
  }

  /**
   * Cancels an execution: nothing that its worker does afterwards is recorded, and its jobs are cancelled.
   * @throws AppError `not_found`, or `conflict` when it is final already
   */
  async cancel(executionId: string, reason: string): Promise<ExecutionState> {
    const cancelled = await this.change(executionId, (at) => ({ type: 'cancel_requested', at, reason }));
    this.notify({ kind: 'changed', executionId });
    return cancelled;
  }

  /**
   * Pauses an execution: its worker lets it go at once, and nobody takes it up until it is resumed.
   * @throws AppError `not_found`, or `conflict` when it is paused or final already
   */
  async pause(executionId: string, reason: string): Promise<ExecutionState> {
    const paused = await this.change(executionId, (at) => ({ type: 'pause_requested', at, reason }));
    this.notify({ kind: 'changed', executionId });
    return paused;
  }

  /** @throws AppError `not_found`, or `conflict` when it is not paused */
  async resume(executionId: string): Promise<ExecutionState> {
    const resumed = await this.change(executionId, (at) => ({ type: 'resume_requested', at }));
    this.announce();
    return resumed;
  }

  /** Stores a signal; call it inside a unit of work, and {@link announceSignal} it after the commit. */
  async signal(signal: NewSignal): Promise<void> {
    await this.store.addSignal(signal);
  }

  /** Tells the worker of this process that holds the execution, if there is one, that a signal has come. */
  announceSignal({ executionId, name }: Pick<NewSignal, 'executionId' | 'name'>): void {
    this.notify({ kind: 'signalled', executionIds: [executionId], refs: [name] });
  }

  private notify(hint: WakeUp): void {
    this.reach('before_announcing');
    this.wakeUps.notify(hint);
  }

  private async change(executionId: string, eventAt: (at: number) => EngineEvent): Promise<ExecutionState> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = await this.store.load(executionId);
      if (!before) throw notFound('execution', executionId);
      const plan = await this.plans.load(before.workflowId, before.workflowVersion);
      const at = this.clock.now();
      const { state, records } = transition(plan, before, eventAt(at));
      if (state === before) throw new AppError('conflict', `the execution is ${before.status}`);
      const commit = commitOf({ before, after: state, records }, { owner: null, wakeAt: dueAfter(state, at) }, at);
      if ((await this.store.commit(commit)) === 'committed') return state;
      // The worker committed a step between our read and our write: decide again on the newer state.
    }
    throw new AppError('conflict', 'the execution changes too quickly; try again', { retryAfterSeconds: 1 });
  }
}

/** An execution on its way into the store. */
export interface PreparedStart extends NewStart {
  /** As the worker will hold it. */
  readonly state?: ExecutionState;
}

/** What an execution takes over of another one before it starts. */
export interface Adoption {
  readonly plan: ExecutionPlan;
  /** Id of the other execution. */
  readonly from: string;
  /** Made by `adoptedStep`. */
  readonly steps: readonly StepState[];
}

function adoptionCommit(execution: NewExecution, { plan, from, steps }: Adoption): ExecutionCommit {
  const before = initialState(execution);
  const at = execution.createdAt;
  const { state, records } = transition(plan, before, { type: 'steps_adopted', at, from, steps });
  return commitOf({ before, after: state, records }, { owner: null, wakeAt: at }, at);
}

/** A resumed execution is looked at by a worker at once; one that is paused or over, never. */
function dueAfter({ status }: ExecutionState, at: number): number | null {
  return status === 'paused' || isFinalExecution(status) ? null : at;
}
