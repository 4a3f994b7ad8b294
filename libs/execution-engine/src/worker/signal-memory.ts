import type { WaitKind } from '@aitbc/shared-domain';

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

  /** True once for each signal: a step that must wait again after it was woken is not woken by the same signal twice. */
  take(kind: WaitKind, ref: string): boolean {
    return this.seen.delete(`${kind}:${ref}`);
  }
}
