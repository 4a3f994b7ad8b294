/** Starts in a row that fail, after which waiting calls fail instead of waiting on. */
const MAX_FAILED_STARTS = 3;
const RESTART_DELAY_MS = 1_000;

/** What cannot start will not start a moment later either: pauses before each new try, rather than spend the CPU on it. */
export class RestartPolicy {
  private failedStarts = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly startAgain: () => void) {}

  succeeded(): void {
    this.failedStarts = 0;
  }

  /** Starts again after a pause; true when so many starts in a row have failed that nobody should wait for it. */
  failed(): boolean {
    this.failedStarts += 1;
    this.cancel();
    this.timer = setTimeout(this.startAgain, RESTART_DELAY_MS);
    return this.failedStarts >= MAX_FAILED_STARTS;
  }

  cancel(): void {
    clearTimeout(this.timer);
  }
}
