import type { WaitKind } from '@aitbc/shared-domain';
import type { StepState } from '../core/execution-state';

/**
 * Remembers what has been signalled lately. It closes one interleaving: a job ends *before* the step that submitted it
 * has committed that it waits for it, so the signal finds nobody waiting. The step asks here after its commit.
 */
export class SignalMemory {
  private readonly seen = new Set<string>();

  constructor(private readonly capacity = 20_000) {}

  add(kind: WaitKind, refs: readonly string[]): void {
    for (const ref of refs) {
      this.seen.add(`${kind}:${ref}`);
    }
    // A Set keeps insertion order, so the first ones are the oldest.
    for (const oldest of this.seen) {
      if (this.seen.size <= this.capacity) return;
      this.seen.delete(oldest);
    }
  }

  /**
   * What these steps wait for and has been signalled already. Each signal is given once: a step that must wait again
   * after it was woken is not woken by the same signal twice.
   */
  takeAwaited(steps: readonly StepState[]): { kind: WaitKind; ref: string }[] {
    const waits = steps.flatMap(({ wait }) => (wait?.ref ? [{ kind: wait.kind, ref: wait.ref }] : []));
    return waits.filter(({ kind, ref }) => this.seen.delete(`${kind}:${ref}`));
  }
}
