import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { Logger } from '../logging/logger';
import type { Channel, ChannelListener } from './channel';
import type { Database, DatabaseEngine, DatabaseStats, ExpectedStatement, SqlRunner } from './database';
import {
  asSeenFromOutside,
  databaseClosed,
  transactionControlRefused,
  UnitTooLong,
  writeInsideSet,
} from './database-errors';
import { SECOND_CHANCE, type UnitKind, type UnitOfWork } from './unit-of-work';

/** What each engine brings: two ways to read, one to run a unit. */
export interface EngineAdapter {
  readonly engine: DatabaseEngine;
  readonly readManager: EntityManager;
  readonly readRunner: SqlRunner;
  /**
   * Runs `work` in a unit of its own and resolves after its commit and its follow-ups. May run `work` again, each time
   * with a new unit.
   * @param patience how many times the limit of a unit it may take
   */
  transact<T>(kind: UnitKind, work: (unit: UnitOfWork) => Promise<T>, patience?: number): Promise<T>;
  /** See `Database.writeAtOnce`. */
  writeAtOnce(kind: UnitKind, build: () => readonly ExpectedStatement[] | undefined): Promise<boolean>;
  openChannel?(name: string, listener: ChannelListener): Channel;
  reclaimPages(maxPages: number): Promise<number>;
  ping(): Promise<void>;
  stats(): DatabaseStats;
  close(): Promise<void>;
}

/** Finds the current unit, joins it or opens a new one; the same on both engines. */
export class DatabaseDoor implements Database {
  private readonly current = new AsyncLocalStorage<UnitOfWork>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly adapter: EngineAdapter,
    private readonly logger: Logger,
  ) {}

  get engine(): DatabaseEngine {
    return this.adapter.engine;
  }

  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const unit = this.openUnit();
    if (unit) return work(unit.manager);
    this.assertOpen();
    return telling(() => work(this.adapter.readManager));
  }

  async readSql<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T> {
    const unit = this.openUnit();
    if (unit) return work(unit.sql);
    this.assertOpen();
    return telling(() => work(this.adapter.readRunner));
  }

  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.openUnit();
    if (outer?.kind === 'set') throw writeInsideSet();
    return outer ? join(outer, () => work(outer.manager)) : this.transact('unit', (unit) => work(unit.manager));
  }

  async writeSet<T>(work: (sql: SqlRunner) => Promise<T>): Promise<T> {
    const outer = this.openUnit();
    return outer ? join(outer, () => work(outer.sql)) : this.transact('set', (unit) => work(unit.sql));
  }

  async writeAtOnce(kind: UnitKind, build: () => readonly ExpectedStatement[] | undefined): Promise<boolean> {
    if (this.openUnit()) throw transactionControlRefused();
    this.assertOpen();
    return telling(() => this.adapter.writeAtOnce(kind, build));
  }

  afterCommit(work: () => void): void {
    const inContext = AsyncLocalStorage.bind(() => this.runFollowUp(work));
    const unit = this.openUnit();
    if (unit) unit.afterCommit(inContext);
    else queueMicrotask(inContext);
  }

  openChannel(name: string, listener: ChannelListener): Channel | undefined {
    this.assertOpen();
    return this.adapter.openChannel?.(name, listener);
  }

  async reclaimPages(maxPages: number): Promise<number> {
    // It would wait for the turn of the very unit that waits for it.
    if (this.openUnit()) throw transactionControlRefused();
    this.assertOpen();
    return telling(() => this.adapter.reclaimPages(maxPages));
  }

  inUnit(): boolean {
    return this.openUnit() !== undefined;
  }

  async ping(): Promise<void> {
    this.assertOpen();
    await telling(() => this.adapter.ping());
  }

  stats(): DatabaseStats {
    return this.adapter.stats();
  }

  close(): Promise<void> {
    return (this.closing ??= this.adapter.close());
  }

  /** A unit that has ended stays in the context of whatever it left running, and must not be joined. */
  private openUnit(): UnitOfWork | undefined {
    const unit = this.current.getStore();
    unit?.assertNotOutlived();
    return unit?.isOpen ? unit : undefined;
  }

  private transact<T>(kind: UnitKind, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    this.assertOpen();
    // The writer loop runs units of many callers: each must see its own caller's context (log fields), not the loop's.
    const inCallersContext = AsyncLocalStorage.snapshot();
    const attempt = (patience?: number) =>
      this.adapter.transact(kind, (unit) => inCallersContext(() => this.current.run(unit, () => work(unit))), patience);
    return telling(() =>
      attempt().catch((error: unknown) => {
        // Nothing of it stands. Mostly it was not its own doing: its code ran for the first time, or the machine is busy,
        // and then will be a moment later as well.
        if (error instanceof UnitTooLong) return attempt(SECOND_CHANCE);
        throw error;
      }),
    );
  }

  private assertOpen(): void {
    if (this.closing) throw databaseClosed();
  }

  private runFollowUp(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.logger.error('work after a commit failed', { error });
    }
  }
}

/** Names an outage as such. Not inside a unit: there the engine still goes by the driver's codes. */
async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asSeenFromOutside(error);
  }
}

async function join<T>(outer: UnitOfWork, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    outer.doom(error);
    throw error;
  }
}
