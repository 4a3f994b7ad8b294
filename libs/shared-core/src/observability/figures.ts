/** Figures with the moment from which they are (Unix ms). */
export interface Counted<T> {
  readonly figures: T;
  readonly asOf: number;
}

/** What takes longer (ms) is kept for a time; what is faster is counted for everybody who asks. */
const SLOW_MS = 50;
/** Fewer rows are not what makes a count slow, so that the next one may be fast: they are always counted. */
const MANY_ROWS = 10_000;
/** How much longer than it took to count them figures are good: counting takes a twentieth of the time at most. */
const SHARE = 20;
/** The oldest that is answered (ms). Who asks after a long silence waits for new ones. */
const OLDEST_MS = 600_000;

/**
 * Figures over whole tables. To count a million rows takes a database long; so slow figures are kept for a time, and
 * counted anew while the old ones are answered: who asks does not wait, and is told how old they are.
 */
export class Figures<T> {
  private kept: (Counted<T> & { readonly until: number }) | undefined;
  private counting: { readonly since: number; readonly result: Promise<Counted<T>> } | undefined;

  /** @param rows how many rows were looked at, about. */
  constructor(
    private readonly count: () => Promise<T>,
    private readonly rows: (figures: T) => number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws what counting throws, when there are no figures to answer meanwhile. */
  async get(): Promise<Counted<T>> {
    const { kept } = this;
    const now = this.now();
    if (!kept || now - kept.asOf > OLDEST_MS) return this.countOnce(now - SLOW_MS);
    // A failure leaves the old figures, whose age tells; who finds them too old gets the error.
    if (now >= kept.until) this.countOnce(now).catch(() => undefined);
    return { figures: kept.figures, asOf: kept.asOf };
  }

  /** Joins a count that began by `latest`: one that is slow, or any where its result is not waited for. */
  private countOnce(latest: number): Promise<Counted<T>> {
    if (this.counting && this.counting.since <= latest) return this.counting.result;
    const result = this.countAnew();
    const counting = { since: this.now(), result };
    this.counting = counting;
    const forget = (): void => {
      if (this.counting === counting) this.counting = undefined;
    };
    result.then(forget, forget);
    return result;
  }

  private async countAnew(): Promise<Counted<T>> {
    const asOf = this.now();
    const figures = await this.count();
    const took = this.now() - asOf;
    const isCostly = took >= SLOW_MS && this.rows(figures) >= MANY_ROWS;
    this.kept = !isCostly ? undefined : { figures, asOf, until: asOf + took * (1 + SHARE) };
    return { figures, asOf };
  }
}
