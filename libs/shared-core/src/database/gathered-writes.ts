import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, ExpectedStatement, SqlRunner } from './database';

/**
 * Writes a batch in the unit that is open; gives the outcome of each item, in their order. May run more than once, like any
 * unit. What it throws is the end of the whole batch, whose items are then tried one by one.
 */
export type WriteAll<Item, Outcome> = (sql: SqlRunner, items: readonly Item[]) => Promise<readonly Outcome[]>;

/** A batch that goes as nearly all do, by `Database.writeAtOnce`. */
export interface UsualCase<Item, Outcome> {
  /** `undefined` when it is none, and `WriteAll` must see to it. */
  statements(items: readonly Item[]): readonly ExpectedStatement[] | undefined;
  /** After the commit: the outcome of each item. */
  written(items: readonly Item[]): readonly Outcome[];
}

export interface GatheredWritesOptions<Item, Outcome> {
  /** `set`: as `writeSet` isolates; `unit`: as `write` does, for what relies on what it has read. */
  readonly as: 'set' | 'unit';
  /** No two items of one key go into a batch: the second has its turn with the next one. */
  readonly keyOf: (item: Item) => string;
  /** Tried first. */
  readonly usual?: UsualCase<Item, Outcome>;
  /** Bounds the size of a statement and the time of a unit. */
  readonly atMost: number;
}

interface Queued<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes of one kind that many callers ask for: what gathers while the writer is busy goes into one unit, and so costs one
 * statement for each table and one disk sync, however many there are. When idle an item waits for nobody.
 *
 * Never call `add` inside a unit of work: the batch belongs to nobody's unit, and would wait for the very unit that waits
 * for it.
 */
export class GatheredWrites<Item, Outcome> {
  private waiting: Queued<Item, Outcome>[] = [];
  private turnRequested = false;
  private writing = false;
  /** Runs the batch outside the caller's unit of work and log context, since it carries the items of others too. */
  private readonly detached = AsyncLocalStorage.snapshot();

  constructor(
    private readonly db: Pick<Database, 'engine' | 'write' | 'writeSet' | 'writeAtOnce'>,
    private readonly write: WriteAll<Item, Outcome>,
    private readonly options: GatheredWritesOptions<Item, Outcome>,
  ) {}

  /** Resolves with the item's outcome after the commit; rejects with what its own write threw. */
  add(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.requestTurn();
    });
  }

  /**
   * On SQLite the next batch has its place in the writer's queue while one is written. PostgreSQL has no such queue: there
   * the next one begins when this one has ended, or each would be small, and cost its trips and its disk sync all the same.
   */
  private requestTurn(): void {
    if (this.turnRequested || this.waiting.length === 0) return;
    if (this.writing && this.db.engine === 'postgres') return;
    this.turnRequested = true;
    void this.detached(() => this.flush());
  }

  private async flush(): Promise<void> {
    this.writing = true;
    await this.writeBatch();
    this.writing = false;
    this.requestTurn();
  }

  private async writeBatch(): Promise<void> {
    let taken: Queued<Item, Outcome>[] = [];
    const { usual } = this.options;
    try {
      const wentAsUsual =
        usual !== undefined &&
        (await this.db.writeAtOnce(this.options.as, () => {
          taken = this.take();
          return usual.statements(itemsOf(taken));
        }));
      if (wentAsUsual) return settle(taken, usual.written(itemsOf(taken)));
      const outcomes = await this.inUnit((sql) => {
        // On PostgreSQL a unit that met a conflict is run again: with the same items, not newer ones.
        if (taken.length === 0) taken = this.take();
        return this.write(sql, itemsOf(taken));
      });
      settle(taken, outcomes);
    } catch (error) {
      // Taken or not, nobody else will answer these.
      if (taken.length === 0) taken = this.take();
      await this.afterFailure(taken, error);
    }
  }

  /** The first of each key, up to the limit; the rest has its turn with the next batch. */
  private take(): Queued<Item, Outcome>[] {
    this.turnRequested = false;
    const first = new Map<string, Queued<Item, Outcome>>();
    const later: Queued<Item, Outcome>[] = [];
    for (const queued of this.waiting) {
      const key = this.options.keyOf(queued.item);
      if (first.has(key) || first.size >= this.options.atMost) later.push(queued);
      else first.set(key, queued);
    }
    this.waiting = later;
    this.requestTurn();
    return [...first.values()];
  }

  /** One bad item must not take the others with it: each is tried alone. */
  private async afterFailure(failed: readonly Queued<Item, Outcome>[], error: unknown): Promise<void> {
    if (failed.length === 1) return failed[0]?.reject(error);
    for (const queued of failed) {
      await this.inUnit((sql) => this.write(sql, [queued.item])).then(
        (outcomes) => settle([queued], outcomes),
        queued.reject,
      );
    }
  }

  private inUnit<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T> {
    const { db } = this;
    return this.options.as === 'set' ? db.writeSet(work) : db.write(() => db.writeSet(work));
  }
}

function itemsOf<Item>(queued: readonly { readonly item: Item }[]): Item[] {
  return queued.map(({ item }) => item);
}

function settle<Item, Outcome>(queued: readonly Queued<Item, Outcome>[], outcomes: readonly Outcome[]): void {
  if (outcomes.length !== queued.length) throw new Error(`${queued.length} writes gave ${outcomes.length} outcomes`);
  outcomes.forEach((outcome, index) => queued[index]?.resolve(outcome));
}
