import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, SqlRunner } from './database';

interface Asked<Found> {
  readonly resolve: (found: Found | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads what there is of these keys (different ones, at most {@link KEYS_AT_ONCE}), by key. */
export type ReadByKeys<Found> = (sql: SqlRunner, keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>;

/** Bounds the size of one statement's parameter and answer. */
const KEYS_AT_ONCE = 100;
/** Reads under way: while one is on its way to a thread or back, another one is read. */
const AT_ONCE = 2;

/**
 * Reads by key where many callers ask for one each: what is asked for while reads are under way goes together into the
 * next one. Handing one statement to the driver's thread and back takes longer than finding a row, so that under load
 * this is several times as fast; an idle system reads at once. (The pattern is known as a data loader.)
 *
 * A read begins after it was asked for, so it sees all that was committed before. Inside a unit of work it is not
 * gathered: there it must see that unit's own changes.
 */
export class GatheredReads<Found> {
  private readonly asked = new Map<string, Asked<Found>[]>();
  private running = 0;
  private scheduled = false;
  /** Outside every caller's unit of work and log context, since a read carries the keys of others too. */
  private readonly detached = AsyncLocalStorage.snapshot();

  constructor(
    private readonly db: Database,
    private readonly read: ReadByKeys<Found>,
  ) {}

  /** What is stored under this key now. */
  async get(key: string): Promise<Found | undefined> {
    if (this.db.inUnit()) return (await this.db.readSql((sql) => this.read(sql, [key]))).get(key);
    return new Promise((resolve, reject) => {
      const others = this.asked.get(key);
      if (others) others.push({ resolve, reject });
      else this.asked.set(key, [{ resolve, reject }]);
      this.start();
    });
  }

  private start(): void {
    if (this.scheduled || this.running >= AT_ONCE || this.asked.size === 0) return;
    this.scheduled = true;
    // Not at once: requests that arrived in the same turn of the event loop go together.
    setImmediate(() => {
      this.scheduled = false;
      void this.detached(() => this.readAll());
    });
  }

  private async readAll(): Promise<void> {
    const taken = this.take();
    this.running += 1;
    this.start();
    try {
      const found = await this.db.readSql((sql) => this.read(sql, [...taken.keys()]));
      for (const [key, callers] of taken) callers.forEach(({ resolve }) => resolve(found.get(key)));
    } catch (error) {
      for (const callers of taken.values()) callers.forEach(({ reject }) => reject(error));
    } finally {
      this.running -= 1;
      this.start();
    }
  }

  private take(): Map<string, Asked<Found>[]> {
    const taken = new Map([...this.asked].slice(0, KEYS_AT_ONCE));
    for (const key of taken.keys()) this.asked.delete(key);
    return taken;
  }
}
