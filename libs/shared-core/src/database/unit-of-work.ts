import type { EntityManager } from 'typeorm';
import type { AppError } from '../errors/app-error';
import type { SqlRunner } from './database';
import { transactionLost, unitDoomed, unitEnded, unitNotAwaited, UnitTooLong } from './database-errors';
import { statementKind, StatementKind } from './transaction-sql';

/** `unit`: a `write`. `set`: a `writeSet`, which no `write` may join. */
export type UnitKind = 'unit' | 'set';

/** How many times as long a unit may take that is run once more after it has passed the limit. */
export const SECOND_CHANCE = 4;

export type UnitOutcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** How an engine gives a unit access to its connection. Whatever it makes sends each statement through `unit.execute`. */
export interface UnitAccess {
  createManager(unit: UnitOfWork): EntityManager;
  createSql(unit: UnitOfWork): SqlRunner;
}

/**
 * One unit of work on one connection: open from its start until `work` settles or the limit passes, then ended for
 * good. It is the guard between the caller's code and the connection, which the next unit uses a moment later:
 *
 * - statements run one at a time, in the order of their calls; each checks *at its turn* that the unit is still open,
 *   so what a caller left behind (a `Promise.all` that rejected early, work that outlived the limit) never reaches the
 *   next unit;
 * - a failed statement dooms the unit, unless a savepoint around it is rolled back;
 * - the unit ends only after the statement in flight has ended, so the engine's RELEASE or ROLLBACK comes last.
 */
export class UnitOfWork {
  /** Makes the error for whoever comes too late: most units end without one, and an error's stack costs time. */
  private endedBy: (() => AppError) | undefined;
  private doomedBy: { readonly cause: unknown } | undefined;
  private failure: { readonly cause: unknown; readonly depth: number } | undefined;
  private savepoints = 0;
  private pending = 0;
  private tail: Promise<void> = Promise.resolve();
  private readonly followUps: (() => void)[] = [];
  private ownManager: EntityManager | undefined;
  private ownSql: SqlRunner | undefined;
  private overLimit = false;
  private atWork = false;
  private durationMs = 0;
  private statementsMs = 0;

  /** @param patience how many times the limit it may take */
  constructor(
    readonly kind: UnitKind,
    private readonly access: UnitAccess,
    private readonly patience = 1,
  ) {}

  get isOpen(): boolean {
    return this.endedBy === undefined;
  }

  /**
   * For calls of the door out of this unit's context. Work that its unit did not wait for goes on without a transaction:
   * what it wrote now would be committed by itself, while the rest was rolled back or is being done again.
   * @throws AppError what ended the unit.
   */
  assertNotOutlived(): void {
    if (this.atWork && this.endedBy) throw this.endedBy();
  }

  get timedOut(): boolean {
    return this.overLimit;
  }

  /** It took too long, and not by its own doing: most of the time it waited for its statements. */
  get heldUp(): boolean {
    return this.overLimit && this.statementsMs > this.durationMs / 2;
  }

  /** The failed statement that doomed the unit, if one did. */
  get failedBy(): unknown {
    return this.failure?.cause;
  }

  get manager(): EntityManager {
    return (this.ownManager ??= this.access.createManager(this));
  }

  get sql(): SqlRunner {
    return (this.ownSql ??= this.access.createSql(this));
  }

  /** Marks the unit rollback-only: a joined unit failed, and its changes cannot be told apart from the outer one's. */
  doom(cause: unknown): void {
    this.doomedBy ??= { cause };
  }

  /** The database has thrown the transaction away: the next statement would run outside any, and commit by itself. */
  breakOff(cause: unknown): void {
    this.endedBy ??= () => transactionLost(cause);
    this.doom(cause);
  }

  afterCommit(followUp: () => void): void {
    this.followUps.push(followUp);
  }

  /** To be called once, after the COMMIT. */
  runFollowUps(): void {
    for (const followUp of this.followUps) followUp();
  }

  /** Runs one statement in its turn. Refuses when the unit has ended, also while the statement waited. */
  execute<T>(sql: string, dispatch: () => Promise<T>): Promise<T> {
    this.pending += 1;
    const turn = this.tail.then(() => this.dispatch(sql, dispatch));
    const ended = (): void => {
      this.pending -= 1;
    };
    this.tail = turn.then(ended, ended);
    return turn;
  }

  /** Runs `work` and ends the unit. Never rejects; resolves when no statement of the unit is running any more. */
  async run<T>(work: () => Promise<T>, unitLimitMs: number): Promise<UnitOutcome<T>> {
    const limitMs = unitLimitMs * this.patience;
    const started = performance.now();
    const outcome = await this.race(work, limitMs);
    const unawaited = this.pending > 0;
    // A unit that blocked the event loop settles before its timer could fire: the clock tells.
    this.overLimit = performance.now() - started > limitMs || this.overLimit;
    this.endedBy ??= unitEnded;
    await this.tail;
    this.durationMs = performance.now() - started;
    if (!outcome.ok) return outcome;
    const objection = this.objection(unawaited, limitMs);
    return objection ? { ok: false, error: objection } : outcome;
  }

  private async race<T>(work: () => Promise<T>, limitMs: number): Promise<UnitOutcome<T>> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<UnitOutcome<T>>((resolve) => {
      timer = setTimeout(() => {
        this.overLimit = true;
        this.endedBy ??= () => new UnitTooLong(limitMs);
        resolve({ ok: false, error: this.endedBy() });
      }, limitMs);
    });
    try {
      return await Promise.race([this.settle(work), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  private objection(unawaited: boolean, limitMs: number): AppError | undefined {
    if (this.doomedBy) return unitDoomed(this.doomedBy.cause);
    if (this.failure) return unitDoomed(this.failure.cause);
    if (unawaited) return unitNotAwaited();
    return this.overLimit ? new UnitTooLong(limitMs) : undefined;
  }

  private async dispatch<T>(sql: string, dispatch: () => Promise<T>): Promise<T> {
    if (this.endedBy) throw this.endedBy();
    const kind = statementKind(sql);
    // PostgreSQL refuses this RELEASE by itself; SQLite would keep what is left of the nested transaction.
    if (kind === 'release' && this.failure) throw unitDoomed(this.failure.cause);
    const began = performance.now();
    try {
      const result = await dispatch();
      this.trackSavepoints(kind);
      return result;
    } catch (cause) {
      this.failure ??= { cause, depth: this.savepoints };
      throw cause;
    } finally {
      this.statementsMs += performance.now() - began;
    }
  }

  private trackSavepoints(kind: StatementKind): void {
    if (kind === 'ordinary') return;
    this.savepoints += kind === 'savepoint' ? 1 : -1;
    if (kind === 'rollback_to' && this.failure && this.failure.depth > this.savepoints) this.failure = undefined;
  }

  /** Turns a throw, synchronous or not, into an outcome; a rejection that comes after the limit is thereby handled. */
  private async settle<T>(work: () => Promise<T>): Promise<UnitOutcome<T>> {
    this.atWork = true;
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, error };
    } finally {
      this.atWork = false;
    }
  }
}
