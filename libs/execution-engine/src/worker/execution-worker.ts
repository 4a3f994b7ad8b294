import { type LogContext, type Logger, withLogContext } from '@aitbc/shared-core';
import { isFinalExecution, type WaitKind } from '@aitbc/shared-domain';
import type { ExecutionState } from '../core/execution-state';
import { heldInitialState, heldStep } from '../core/initial-state';
import type { Clock } from '../ports/clock.port';
import { type DebugPoints, noDebugPoints } from '../ports/debug-points.port';
import { type EngineMetrics, noEngineMetrics } from '../ports/engine-metrics.port';
import type { WakeUp, WakeUps } from '../ports/queue.port';
import type { HeldExecution, StartClaims } from '../ports/start-claims.port';
import type { ExecutionStore, HeldLease, HeldStart, NewExecution, PlanLoader } from '../ports/store.port';
import { ExecutionRun } from './execution-run';
import { LeaseKeeper, leaseOf } from './lease-keeper';
import { openingOf } from './opening';
import { ReleaseSweep } from './release-sweep';
import type { RunOptions } from './run-dependencies';
import { SignalMemory } from './signal-memory';
import { Slots } from './slots';
import type { StepRunner } from './step-runner';

export interface WorkerOptions {
  /** Unique among all processes, also after a restart. */
  readonly workerId: string;
  /** Executions run at once. */
  readonly concurrency: number;
  readonly leaseMs: number;
  /** Longest time between two looks for due executions; covers lost wake-ups. */
  readonly pollMs: number;
  readonly maxParallelSteps: number;
  /** Steps run at once over all executions. */
  readonly maxSteps: number;
}

export interface WorkerDependencies {
  readonly store: ExecutionStore;
  readonly plans: PlanLoader;
  readonly runner: StepRunner;
  /**
   * Prepares the first steps of executions while they are stored: its evaluator answers at once, or fails what it cannot
   * answer. Without it an execution begins with the first commit of its run.
   */
  readonly opener?: StepRunner;
  readonly wakeUps: WakeUps;
  readonly clock: Clock;
  readonly releases: ReleaseSweep;
  readonly logger: Logger;
  readonly metrics?: EngineMetrics;
  readonly reach?: DebugPoints;
  /** What its log lines carry of an execution beside its id. */
  readonly logContext?: (execution: ExecutionState) => LogContext;
}

/** When due executions were all taken by other workers between our look and our claim. */
const SHORTEST_WAIT_MS = 5;

/**
 * Runs executions: claims what is due, drives each claim as an {@link ExecutionRun}, keeps the leases.
 *
 *  - Claims are atomic in the store, so any number of workers in any number of processes may run.
 *  - A lease is renewed at a third of its length; a run whose lease turns out lost is aborted at once.
 *  - Every `pollMs` the worker asks the store what is due and which of its leases were taken away (by a cancel in
 *    another process, say); wake-ups inside the process only make it look earlier.
 */
export class ExecutionWorker implements StartClaims {
  private readonly runs = new Map<string, ExecutionRun>();
  private readonly driving = new Set<Promise<void>>();
  private readonly signals = new SignalMemory();
  private readonly slots: Slots;
  private readonly leases: LeaseKeeper;
  private readonly reach: DebugPoints;
  private readonly metrics: EngineMetrics;
  private wakeLoop: () => void = () => undefined;
  private loop: Promise<void> | undefined;
  private stopping = false;
  private nudged = false;
  /** The last look has found nothing due: nobody has waited longer than who comes now. */
  private caughtUp = false;
  private sweeping: Promise<void> | undefined;
  private nextHousekeeping = 0;
  /** Places of executions that are just being stored. */
  private promised = 0;

  constructor(
    private readonly deps: WorkerDependencies,
    private readonly options: WorkerOptions,
  ) {
    this.slots = new Slots(options.maxSteps);
    this.leases = new LeaseKeeper(deps.store, deps.clock, options.leaseMs);
    this.reach = deps.reach ?? noDebugPoints;
    this.metrics = deps.metrics ?? noEngineMetrics;
  }

  start(): void {
    const unsubscribe = this.deps.wakeUps.subscribe((hint) => this.onWakeUp(hint));
    this.leases.begin();
    this.loop = this.run().finally(unsubscribe);
  }

  /** Claims nothing more, gives steps in flight `graceMs` to end, aborts the rest, and hands every lease back. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    this.nudge();
    for (const run of this.runs.values()) run.drain();
    let abandoned: Promise<void> | undefined;
    const cancelTimer = this.deps.clock.after(graceMs, () => {
      abandoned = this.abandonAll();
    });
    // The loop first: a claim that is under way adds to what is driven.
    await this.loop;
    await Promise.allSettled([...this.driving]);
    cancelTimer();
    await Promise.all([abandoned, this.sweeping]);
  }

  /** What waiting steps wait for has come: `refs` are ids of jobs or names of signals. */
  async signal(kind: WaitKind, refs: readonly string[]): Promise<void> {
    // Remembered first: a step that commits its wait after the query below finds it in the memory.
    this.signals.add(kind, refs);
    const executionIds = await this.deps.store.signal(kind, refs, this.deps.clock.now());
    this.reach('news_stored');
    this.deps.wakeUps.notify({ kind: 'signalled', executionIds, refs });
  }

  offer(): HeldStart | undefined {
    if (!this.loop || this.stopping || !this.caughtUp || this.room() <= 0) return undefined;
    this.promised += 1;
    const { workerId, leaseMs } = this.options;
    return { workerId, leaseMs, now: this.deps.clock.now() };
  }

  async open(execution: NewExecution, claim: HeldStart): Promise<HeldExecution> {
    const { opener, plans } = this.deps;
    if (!opener) return { state: heldInitialState(execution), first: undefined };
    const plan = await plans.load(execution.workflowId, execution.workflowVersion);
    return openingOf(plan, execution, claim, opener, this.options.maxParallelSteps);
  }

  take({ state, first }: HeldExecution, { now }: HeldStart): void {
    this.promised -= 1;
    this.metrics.claimed(1, 0);
    this.reach('claimed');
    if (this.stopping) this.track(() => this.handBack(claimOf(state)));
    else this.drive(state, now, first !== undefined);
  }

  withdraw(_claim: HeldStart): void {
    this.promised -= 1;
    if (!this.caughtUp) this.nudge();
  }

  private onWakeUp(hint: WakeUp): void {
    if (hint.kind === 'changed') {
      this.runs.get(hint.executionId)?.lose('changed');
      this.nextHousekeeping = 0;
    }
    if (hint.kind === 'signalled') for (const id of hint.executionIds) this.runs.get(id)?.signalled(hint.refs);
    this.nudge();
  }

  private nudge(): void {
    this.nudged = true;
    this.wakeLoop();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.nudged = false;
      try {
        await this.keepHouse();
        await this.sleep(await this.claimDue());
      } catch (error) {
        this.deps.logger.warn('the worker could not reach its store; it tries again', { error });
        await this.sleep(this.options.pollMs);
      }
    }
  }

  /** Leases and releases; at most once in `pollMs`, however often the loop is nudged. */
  private async keepHouse(): Promise<void> {
    const now = this.deps.clock.now();
    if (now < this.nextHousekeeping) return;
    this.nextHousekeeping = now + this.options.pollMs;
    if (await this.leases.keep([...this.runs.values()])) this.reach('leases_renewed');
    await this.findSignals();
    this.sweep();
  }

  /** Beside the loop: letting go may take as long as a far service takes to answer, and leases must be kept meanwhile. */
  private sweep(): void {
    this.sweeping ??= this.deps.releases
      .sweep((id) => this.stopping || this.runs.has(id))
      .catch((error: unknown) => this.deps.logger.warn('ended steps could not be let go; it is tried again', { error }))
      .finally(() => (this.sweeping = undefined));
  }

  /**
   * Claims what is due as far as there is room; gives the time (ms) until the next look. Where more is always due it stops
   * when leases are to be looked after: whoever renews nothing while it claims loses what it has claimed.
   */
  private async claimDue(): Promise<number> {
    const { workerId, leaseMs, pollMs } = this.options;
    while (!this.stopping) {
      const limit = this.room();
      if (limit <= 0) {
        this.caughtUp = false;
        return pollMs;
      }
      // A read first: most looks find nothing due, and a claim takes the writer's turn.
      const looked = this.deps.clock.now();
      const dueIn = await this.deps.store.dueIn(looked);
      this.caughtUp = dueIn === null || dueIn > 0;
      if (dueIn === null || dueIn > 0) return Math.min(pollMs, dueIn ?? pollMs);
      const now = this.deps.clock.now();
      const claimed = await this.deps.store.claim({ workerId, leaseMs, limit, now });
      if (claimed.length > 0) {
        this.metrics.claimed(claimed.length, Math.max(0, this.deps.clock.now() - looked - dueIn));
        this.reach('claimed');
      }
      for (const execution of claimed) this.drive(execution, now);
      if (claimed.length === 0) return SHORTEST_WAIT_MS;
      if (now >= this.nextHousekeeping) return 0;
    }
    return 0;
  }

  private room(): number {
    return this.options.concurrency - this.driving.size - this.promised;
  }

  /** @param isOpen it has its first steps begun, and they run nowhere yet */
  private drive(claimed: ExecutionState, claimedAt: number, isOpen = false): void {
    const context = { execution_id: claimed.id, ...this.deps.logContext?.(claimed) };
    this.track(() => withLogContext(context, () => this.driveOne(claimed, { ...this.options, claimedAt, isOpen })));
  }

  /** Counts it against the room, and has `stop` wait for it. */
  private track(work: () => Promise<void>): void {
    const driving = work().finally(() => {
      this.driving.delete(driving);
      // There is room again; unless somebody has waited for it, nothing is due because of that, and a look is saved.
      if (!this.caughtUp) this.nudge();
    });
    this.driving.add(driving);
  }

  private async driveOne(claimed: ExecutionState, options: RunOptions): Promise<void> {
    const { store, runner, clock, logger } = this.deps;
    let run: ExecutionRun | undefined;
    try {
      const plan = await this.deps.plans.load(claimed.workflowId, claimed.workflowVersion);
      if (this.stopping) return await this.handBack(claimOf(claimed));
      const { slots, signals, reach, metrics } = this;
      const deps = { store, runner, clock, logger, slots, signals, reach, metrics };
      run = new ExecutionRun(plan, claimed, deps, options);
      // One whose lease ran out before we noticed: nobody would tell it any more, and its handlers ran on beside these.
      this.runs.get(claimed.id)?.leaseGone('overslept');
      this.runs.set(claimed.id, run);
      await run.drive();
      void this.letGo(run);
    } catch (error) {
      // The lease runs out, and the execution goes on from its last commit with whoever claims it then.
      logger.error('an execution was interrupted', { error });
    } finally {
      // Handed back, it may have been claimed again already: then the entry is the new run's.
      if (this.runs.get(claimed.id) === run) this.runs.delete(claimed.id);
      // It is due again some time, maybe before the next look.
      if (!run?.hasEnded) this.nudge();
    }
  }

  /** Signals that another process has stored, for executions that are held here. */
  private async findSignals(): Promise<void> {
    const ids = [...this.runs.values()].filter((run) => run.awaitsSignals).map(({ executionId }) => executionId);
    if (ids.length === 0) return;
    for (const id of await this.deps.store.withPendingSignals(ids)) this.runs.get(id)?.signalled([]);
  }

  private async abandonAll(): Promise<void> {
    const runs = [...this.runs.values()];
    const leases = runs.map(leaseOf);
    for (const run of runs) run.lose(undefined);
    // A commit that is under way takes the lease up again, so the leases are handed back after the last of them.
    await Promise.allSettled([...this.driving]);
    await Promise.all(leases.map((lease) => this.handBack(lease)));
  }

  private async handBack(lease: HeldLease): Promise<void> {
    await this.deps.store.release(lease, this.deps.clock.now()).catch((error: unknown) => {
      this.deps.logger.warn('a lease could not be handed back; it will run out', { error });
    });
  }

  /**
   * Whoever cancelled the execution elsewhere may have let go of its steps before a handler of ours had taken hold of
   * anything (a job that was just being submitted), so it is done once more when the handlers have returned.
   */
  private async letGo(run: ExecutionRun): Promise<void> {
    try {
      const steps = await run.abandoned();
      if (steps.length === 0 || this.stopping) return;
      const state = await this.deps.store.load(run.executionId);
      if (!state || !isFinalExecution(state.status)) return;
      await this.deps.releases.letGo(steps.map((step) => heldStep(state.id, step)));
    } catch (error) {
      this.deps.logger.warn('the steps of a cancelled execution could not be let go', { error });
    }
  }

  private sleep(delayMs: number): Promise<void> {
    // A nudge that came while the loop was busy must not be slept over.
    if (this.stopping || this.nudged) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.deps.clock.after(delayMs, resolve);
      this.wakeLoop = () => {
        cancel();
        resolve();
      };
    });
  }
}

function claimOf({ id: executionId, leaseEpoch }: ExecutionState): HeldLease {
  return { executionId, leaseEpoch };
}
