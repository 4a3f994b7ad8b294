const FIRST_LOOK_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * How long nobody could take or show a job, as this process has seen it, and when a step asks again: soon after the
 * outage began, then ever more rarely, so that thousands of waiting steps do not hold down what is coming up again.
 */
export class CoordinatorOutage {
  private since: number | undefined;

  constructor(
    private readonly now: () => number,
    private readonly random: () => number = Math.random,
  ) {}

  /** It has answered. */
  over(): void {
    this.since = undefined;
  }

  /**
   * It has not answered: when to ask again (ms). As long a pause as the outage has lasted, between 1 s and 10 s, and up
   * to half less by chance, so that those that failed together do not come back together.
   * @param askedForMs what it has asked for itself (`Retry-After`)
   */
  nextLook(askedForMs = 0): number {
    const now = this.now();
    this.since ??= now;
    const longest = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_LOOK_MS, now - this.since));
    const pause = longest * (1 - this.random() / 2);
    return Math.round(now + Math.max(pause, Math.min(askedForMs, LONGEST_PAUSE_MS)));
  }
}
