const TICK_MS = 5;
const LONGEST_TURN_MS = 20;

/**
 * A clock that stands still while the machine does: a turn of the event loop counts for 20 ms at most. What runs out by it
 * has not run out because a process that should have renewed it got no time to do so.
 */
export class LivedTime {
  private lived = 0;
  private last = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Milliseconds that were lived through between starts and stops. */
  get now(): number {
    return this.lived;
  }

  start(): void {
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const now = performance.now();
    this.lived += Math.min(now - this.last, LONGEST_TURN_MS);
    this.last = now;
  }
}
