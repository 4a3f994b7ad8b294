import { type Clock, systemClock } from '@aitbc/execution-engine';
import { type Database, databaseTime, type Logger } from '@aitbc/shared-core';

const REFRESH_MS = 10_000;
/** The quickest of a few answers tells most: the time came from somewhere within its round trip. */
const SAMPLES = 5;

/** Between which two values the database's time minus ours lies, as one question has shown. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Milliseconds of an unknown origin that pass steadily: not what the machine's administrator sets. */
const steadyTime = (): number => performance.timeOrigin + performance.now();

/**
 * The time of the database, for what the engine computes by itself: when a timer is due, when a lease ends. Machines
 * whose own clocks are wrong then fire no timer early, and do not claim again and again what they think is not due.
 *
 * It is exact to half a round trip, is measured anew every ten seconds (a suspended machine falls behind until then), and
 * never goes back: where it was too fast it stands still.
 */
export class DatabaseClock implements Clock {
  private offset = 0;
  private latest = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  private constructor(
    private readonly db: Pick<Database, 'engine' | 'readSql'>,
    private readonly logger: Logger,
    private readonly source: () => number,
  ) {}

  /** @param source milliseconds of any origin; tests make one that is wrong. Rejects when the database does not answer. */
  static async open(
    db: Pick<Database, 'engine' | 'readSql'>,
    logger: Logger,
    source: () => number = steadyTime,
  ): Promise<DatabaseClock> {
    const clock = new DatabaseClock(db, logger, source);
    const { low, high } = await clock.measure();
    clock.offset = (low + high) / 2;
    clock.schedule();
    return clock;
  }

  now(): number {
    this.latest = Math.max(this.latest, Math.floor(this.source() + this.offset));
    return this.latest;
  }

  after(delayMs: number, work: () => void): () => void {
    return systemClock.after(delayMs, work);
  }

  random(): number {
    return systemClock.random();
  }

  /** Asks the database for its time once more. What the answer does not contradict is kept: it was known better. */
  async refresh(): Promise<void> {
    const { low, high } = await this.measure();
    this.offset = Math.min(high, Math.max(low, this.offset));
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.refresh()
        .catch((error: unknown) => this.logger.warn('the time of the database cannot be read', { error }))
        .finally(() => this.schedule());
    }, REFRESH_MS);
    this.timer.unref();
  }

  private async measure(): Promise<Bounds> {
    let best = await this.ask();
    for (let count = 1; count < SAMPLES; count += 1) {
      const next = await this.ask();
      if (next.high - next.low < best.high - best.low) best = next;
    }
    return best;
  }

  private async ask(): Promise<Bounds> {
    const before = this.source();
    const [row] = await this.db.readSql((sql) =>
      sql.query<{ now: number }>(`SELECT ${databaseTime(this.db.engine)} AS now`),
    );
    const after = this.source();
    if (!row) throw new Error('the database gave no time');
    return { low: row.now - after, high: row.now - before };
  }
}
