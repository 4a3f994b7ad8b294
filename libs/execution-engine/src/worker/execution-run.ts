import { isFinalExecution } from '@aitbc/shared-domain';
import type { StepEvent } from '../core/engine-event';
import {
  allStepsEnded,
  type ExecutionState,
  nextDue,
  startableSteps,
  stepsIn,
  type StepState,
} from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import type { LeaseLoss } from '../ports/engine-metrics.port';
import { LeaseLost } from '../ports/step-handler.port';
import { ActiveSteps } from './active-steps';
import { EarlySignals } from './early-signals';
import { endingOf, logEnd } from './ending';
import { Inbox } from './inbox';
import type { RunDependencies, RunOptions } from './run-dependencies';
import { RunLedger } from './run-ledger';
import { StartWaits } from './start-waits';
import { StepLaunches } from './step-launches';

type Message =
  | { readonly kind: 'outcome'; readonly step: StepState; readonly event: StepEvent }
  | { readonly kind: 'look' }
  | { readonly kind: 'signalled'; readonly refs: readonly string[] };

/**
 * One claimed execution in the hands of one worker, from the claim to the end or to the next wait.
 *
 * A single loop owns the state; step handlers run beside it and only leave messages. Each round: apply what came in,
 * prepare what may start, commit everything at once, and only then start the handlers, so that a handler sees committed
 * inputs and an uncommitted start is never run. A refused commit means that the lease is lost (another worker's claim,
 * a cancel): handlers are aborted, and nothing more is written.
 */
export class ExecutionRun {
  private readonly ledger: RunLedger;
  private readonly waits: StartWaits;
  /** Until when the lease is known to be held (ms). */
  private leaseUntil: number;
  private readonly inbox = new Inbox<Message>();
  private readonly active: ActiveSteps;
  private readonly launches: StepLaunches;
  private readonly early: EarlySignals;
  /** Stops the evaluation of conditions, mappings and outputs when the lease is lost or the time is up. */
  private readonly interrupt = new AbortController();
  private lost = false;
  /** Its last commit is under way, or done: the lease is not its own when that has come. */
  private handsOver = false;
  private draining = false;
  private timeIsUp = false;

  constructor(
    private readonly plan: ExecutionPlan,
    claimed: ExecutionState,
    private readonly deps: RunDependencies,
    private readonly options: RunOptions,
  ) {
    this.ledger = new RunLedger(plan, claimed);
    this.waits = new StartWaits(this.ledger, deps.store, deps.clock);
    this.leaseUntil = options.claimedAt + options.leaseMs;
    this.active = new ActiveSteps(deps.clock, deps.slots);
    this.early = new EarlySignals(this.ledger, this.active, deps);
    this.launches = new StepLaunches(plan, this.ledger, this.active, deps, {
      outcome: (step, event) => this.inbox.put({ kind: 'outcome', step, event }),
      look: this.look,
    });
  }

  get executionId(): string {
    return this.ledger.committed.id;
  }

  private get state(): ExecutionState {
    return this.ledger.state;
  }

  private get committed(): ExecutionState {
    return this.ledger.committed;
  }

  /** The epoch of the lease it holds. */
  get leaseEpoch(): number {
    return this.committed.leaseEpoch;
  }

  /** The end of the execution is stored. */
  get hasEnded(): boolean {
    return isFinalExecution(this.committed.status);
  }

  /** Whether a signal from another process could end a wait of its steps. */
  get awaitsSignals(): boolean {
    return this.waits.awaitsSignals;
  }

  /** The lease was extended. */
  renewed(until: number): void {
    this.leaseUntil = until;
  }

  /** What it waits for may have come. */
  signalled(refs: readonly string[]): void {
    this.inbox.put({ kind: 'signalled', refs });
  }

  /**
   * The lease is no longer ours: aborts the handlers at once and writes nothing more.
   * @param reason `undefined` when it is handed back
   */
  lose(reason: LeaseLoss | undefined): void {
    if (this.lost) return;
    this.lost = true;
    if (reason) this.deps.metrics.leaseLost(reason);
    this.interrupt.abort(new LeaseLost());
    this.active.abortAll(new LeaseLost());
    this.look();
  }

  /**
   * After the loss of the lease: the steps that this run may hold something for, once all its handlers have returned. The
   * committed state tells: what was launched was committed first, and what came of it was not.
   */
  async abandoned(): Promise<readonly StepState[]> {
    await this.active.settled();
    return this.lost ? [...stepsIn(this.committed, 'running'), ...stepsIn(this.committed, 'waiting')] : [];
  }

  /** Somebody has looked, and found the lease gone. Where this run hands it over itself, its commit knows better who did. */
  leaseGone(reason: LeaseLoss): void {
    if (!this.handsOver) this.lose(reason);
  }

  /** Starts no more steps, and hands the execution back when those in flight have ended. */
  drain(): void {
    this.draining = true;
    this.look();
  }

  /** Resolves when the execution has ended, waits without a worker, was handed back, or was lost. */
  async drive(): Promise<void> {
    this.begin();
    const stopDeadline = this.watchDeadline();
    try {
      while (await this.round()) {
        await this.inbox.notEmpty();
        this.receive();
      }
    } finally {
      stopDeadline();
      // After a failed commit the execution goes on elsewhere; only its end is the end of its steps.
      const final = isFinalExecution(this.committed.status);
      this.active.abortAll(final ? new Error('the execution has ended') : new LeaseLost());
    }
  }

  private begin(): void {
    if (this.options.isOpen) return;
    const at = this.deps.clock.now();
    this.ledger.apply({ type: 'execution_started', at });
    for (const { stepId } of stepsIn(this.state, 'running')) this.ledger.apply({ type: 'step_restarted', at, stepId });
  }

  /** Commits what has changed and starts what may start; false when this run is over. */
  private async round(): Promise<boolean> {
    if (this.lost) return false;
    this.expire();
    await this.prepare();
    await this.finishWhenDone();
    if (this.lost) return false;
    if (this.isOver()) return this.handOver();
    if (!(await this.commit({ owner: this.options.workerId, wakeAt: this.leaseEnd() }))) return false;
    // Lost while the commit was under way: a handler begun now would run beside that of the next holder.
    if (this.lost || this.hasOverslept()) return false;
    this.launches.launch(this.draining);
    const refs = this.early.take();
    if (refs.length > 0) this.signalled(refs);
    return true;
  }

  /** After a process was stopped past its lease (SIGSTOP, a suspended machine), someone else may hold it by now. */
  private hasOverslept(): boolean {
    if (this.deps.clock.now() < this.leaseUntil) return false;
    this.lose('overslept');
    return true;
  }

  private receive(): void {
    for (const message of this.inbox.take()) {
      if (message.kind === 'outcome' && this.active.end(message.step)) this.ledger.apply(message.event);
      if (message.kind === 'signalled') {
        this.waits.news();
        this.makeDue(message.refs);
      }
    }
  }

  /** Steps whose jobs have ended are due now. */
  private makeDue(refs: readonly string[]): void {
    const now = this.deps.clock.now();
    for (const step of stepsIn(this.state, 'waiting')) {
      if (step.wait?.kind !== 'job' || !step.wait.ref || !refs.includes(step.wait.ref)) continue;
      this.ledger.apply({ type: 'step_suspended', at: now, stepId: step.stepId, wait: { ...step.wait, until: now } });
    }
  }

  private expire(): void {
    const at = this.deps.clock.now();
    const timeIsUp = this.timeIsUp || (this.state.deadlineAt !== null && this.state.deadlineAt <= at);
    if (timeIsUp) this.ledger.apply({ type: 'deadline_reached', at });
    for (const step of stepsIn(this.state, 'waiting')) {
      if (step.deadlineAt === null || step.deadlineAt > at) continue;
      this.active.abort(step.stepId, () => new Error('time-out'));
      this.ledger.apply(this.launches.timeOut(step));
    }
  }

  /** Starts or skips all that may start, as far as there are slots. A skip can let further steps start, hence the loop. */
  private async prepare(): Promise<void> {
    for (;;) {
      await this.waits.end(() => this.lost);
      const ids = this.admitted();
      if (ids.length === 0) return;
      const { signal } = this.interrupt;
      const events = await Promise.all(ids.map((id) => this.deps.runner.prepare(this.plan, this.state, id, signal)));
      if (this.lost) return;
      // When the time ran out meanwhile, what was prepared is too late, and changes nothing.
      this.expire();
      for (const event of events) {
        this.ledger.apply(event);
        if (this.state.steps.get(event.stepId)?.status !== 'running') this.active.unreserve(event.stepId);
      }
    }
  }

  private admitted(): string[] {
    if (this.draining || this.lost || isFinalExecution(this.state.status)) return [];
    const startable = startableSteps(this.plan, this.state, this.deps.clock.now());
    const room = Math.max(0, this.options.maxParallelSteps - this.active.size);
    const wanted = startable.slice(0, room);
    const ids = this.active.reserve(wanted);
    if (ids.length < wanted.length) this.deps.slots.whenFree(this.look);
    return ids;
  }

  private async finishWhenDone(): Promise<void> {
    if (isFinalExecution(this.state.status) || !allStepsEnded(this.plan, this.state)) return;
    try {
      this.ledger.apply(await endingOf(this.plan, this.state, this.deps, this.interrupt.signal));
    } catch (error) {
      if (this.lost) return;
      if (this.timeIsUp) return this.expire();
      // The lease runs out, and the result is tried again.
      throw error;
    }
  }

  /** Nothing is left that this worker could do now. */
  private isOver(): boolean {
    if (isFinalExecution(this.state.status)) return true;
    const busy = this.active.size > 0 || this.launches.missing(this.draining).length > 0;
    if (busy) return false;
    return this.draining || this.startable().length === 0;
  }

  private startable(): string[] {
    return startableSteps(this.plan, this.state, this.deps.clock.now());
  }

  private async handOver(): Promise<false> {
    const final = isFinalExecution(this.state.status);
    const wakeAt = final ? null : this.startable().length > 0 ? this.deps.clock.now() : nextDue(this.state);
    this.handsOver = true;
    if (!(await this.commit({ owner: null, wakeAt }))) return false;
    if (final) logEnd(this.deps.logger, this.committed);
    else await this.early.handOver();
    return false;
  }

  private async commit(lease: { owner: string | null; wakeAt: number | null }): Promise<boolean> {
    if (this.ledger.isClean && lease.owner !== null) return true;
    const { clock, store, logger, reach } = this.deps;
    const patienceMs = this.options.leaseMs / 2;
    reach('before_commit');
    const outcome = await this.ledger.commit(lease, { store, clock, logger, patienceMs, isLost: () => this.lost });
    if (outcome === 'lost') {
      this.lose('taken');
      return false;
    }
    if (lease.wakeAt !== null) this.leaseUntil = lease.wakeAt;
    reach(lease.owner === null ? 'handed_over' : 'after_commit');
    return true;
  }

  private leaseEnd(): number {
    return this.deps.clock.now() + this.options.leaseMs;
  }

  /** One function for the whole run, so that whoever keeps it for later keeps it once. */
  private readonly look = (): void => this.inbox.put({ kind: 'look' });

  private watchDeadline(): () => void {
    const now = this.deps.clock.now();
    const deadline = this.state.deadlineAt ?? now + this.state.maxExecutionTimeMs;
    return this.deps.clock.after(deadline - now, () => {
      this.timeIsUp = true;
      this.interrupt.abort(new Error('the execution has run out of time'));
      this.look();
    });
  }
}
