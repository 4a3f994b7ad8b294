import type { StepState } from '../core/execution-state';
import type { Clock } from '../ports/clock.port';
import type { Slots } from './slots';

interface Running {
  /** The row that was started: an outcome of an earlier row of the same step is late. */
  readonly step: StepState;
  readonly aborter: AbortController;
  /** Its handler has returned, and there is nothing to abort: an abort makes an error with a stack, and costs time. */
  hasReturned: boolean;
  readonly stopTimer: () => void;
}

/** The handlers that run for one execution, with their time-outs and the slots they take. */
export class ActiveSteps {
  private readonly running = new Map<string, Running>();
  private readonly reserved = new Set<string>();
  private readonly handlers = new Set<Promise<void>>();
  private stopLook: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly slots: Slots,
  ) {}

  get size(): number {
    return this.running.size + this.reserved.size;
  }

  isRunning(stepId: string): boolean {
    return this.running.has(stepId);
  }

  /** Takes slots for steps about to start; gives those that got one. */
  reserve(stepIds: readonly string[]): string[] {
    const got = stepIds.slice(0, this.slots.take(stepIds.length));
    for (const id of got) this.reserved.add(id);
    return got;
  }

  /** The step did not start after all (it was skipped, or failed before its start). */
  unreserve(stepId: string): void {
    if (this.reserved.delete(stepId)) this.slots.give(1);
  }

  /** Runs a step's handler, which must not reject; `onTimeout` is called when the step's deadline passes first. */
  begin(step: StepState, onTimeout: () => void, handler: (signal: AbortSignal) => Promise<void>): void {
    if (!this.reserved.delete(step.stepId)) this.slots.occupy();
    const aborter = new AbortController();
    const delay = step.deadlineAt === null ? undefined : step.deadlineAt - this.clock.now();
    const stopTimer = delay === undefined ? () => undefined : this.clock.after(delay, onTimeout);
    const entry: Running = { step, aborter, stopTimer, hasReturned: false };
    this.running.set(step.stepId, entry);
    const handled = handler(aborter.signal);
    this.handlers.add(handled);
    void handled.finally(() => {
      entry.hasReturned = true;
      this.handlers.delete(handled);
    });
  }

  /** Resolves when every handler that was begun has returned, aborted ones included. */
  async settled(): Promise<void> {
    await Promise.all(this.handlers);
  }

  /** Takes the outcome of a step, and stops its handler if it still runs; false when the outcome is not awaited any more. */
  end(step: StepState): boolean {
    if (this.running.get(step.stepId)?.step !== step) return false;
    this.abort(step.stepId, () => new Error('the step has ended'));
    return true;
  }

  /** @param reasonOf makes the reason, if a handler still runs */
  abort(stepId: string, reasonOf: () => Error): void {
    const entry = this.running.get(stepId);
    if (!entry) return;
    this.running.delete(stepId);
    entry.stopTimer();
    if (!entry.hasReturned) entry.aborter.abort(reasonOf());
    this.slots.give(1);
  }

  abortAll(reason: Error): void {
    this.stopLook();
    for (const id of [...this.running.keys()]) this.abort(id, () => reason);
    for (const id of [...this.reserved]) this.unreserve(id);
  }

  /** Calls `look` at `time` (ms); a later call replaces an earlier one. */
  lookAt(time: number, look: () => void): void {
    this.stopLook();
    this.stopLook = this.clock.after(time - this.clock.now(), look);
  }
}
