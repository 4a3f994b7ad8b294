/** A bound on how many steps run at once over all executions of a worker. */
export class Slots {
  private readonly waiting = new Set<() => void>();
  private taken = 0;

  constructor(private readonly size: number) {}

  /** Takes up to `wanted` slots; gives how many it got. */
  take(wanted: number): number {
    const got = Math.max(0, Math.min(wanted, this.size - this.taken));
    this.taken += got;
    return got;
  }

  /** Counts a step that runs whether or not there is a slot (it was recovered, or goes on after a wait). */
  occupy(): void {
    this.taken += 1;
  }

  give(count: number): void {
    this.taken -= count;
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Calls `wake` once when a slot has become free. */
  whenFree(wake: () => void): void {
    this.waiting.add(wake);
  }
}
