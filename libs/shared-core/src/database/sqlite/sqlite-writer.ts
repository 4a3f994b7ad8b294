import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../../logging/logger';
import { commitFailed, databaseBusy, databaseUnavailable } from '../database-errors';
import type { ExpectedStatement } from '../database';
import type { UnitLimits } from '../database-options';
import { gather } from '../gather';
import type { Counters } from '../unit-counters';
import type { UnitOfWork } from '../unit-of-work';
import { busyPause, isBusy } from './busy';
import { LockFairness } from './lock-fairness';
import type { SqliteHandle } from './sqlite-handle';
import { AtOnce } from './at-once';
import { AtOnceTask } from './at-once-task';
import { WriteTask } from './write-task';

/** A batch starts no further unit after this time. */
const BATCH_MS = 20;

/**
 * The one writer of a process. SQLite has one write lock for each file, and its savepoints nest, so two units that
 * overlap on a connection would undo each other's work. Hence one loop, and in it one unit after another:
 *
 *     while units are queued:
 *       pause, if the lock is due to other processes          (LockFairness)
 *       BEGIN IMMEDIATE, tried again each 1–2 ms while BUSY    a unit that waits longer than lockWaitMs is rejected
 *       for each unit that is queued now, first come first served, for at most 20 ms:
 *         SAVEPOINT unit
 *         run the unit; it ends when its work settles, or after unitLimitMs, and no statement of its own is running
 *         kept:        RELEASE unit
 *         not kept:    ROLLBACK TO unit; RELEASE unit; its caller is rejected at once
 *       COMMIT
 *       resolve the callers of the kept units, run their follow-ups
 *
 * - What stands between two units (RELEASE, SAVEPOINT) goes to the driver in one trip, and so do the BEGIN with the
 *   first SAVEPOINT and the last RELEASE with the COMMIT: on a busy event loop each trip takes a turn of it.
 * - A batch is thus what was queued while the last COMMIT synced the disk: under load one sync serves many units, and
 *   when idle a unit waits for nobody. There is no timer.
 * - IMMEDIATE, because a deferred transaction that reads first cannot upgrade once another process has written
 *   (SQLITE_BUSY at once, whatever the time-out). `busy_timeout` is 0: SQLite's own back-off sleeps ever longer, in a
 *   thread, and loses every race against a saturating writer.
 * - Nobody is told of success before the COMMIT has returned with `synchronous=FULL`. If it fails (a deferred foreign
 *   key, a full disk) the batch is rolled back and every unit of it rejected.
 * - If SQLite threw the transaction away in the middle (full disk, input/output error) the savepoint is gone, which
 *   the RELEASE or ROLLBACK TO notices: the same as a failed COMMIT. The unit's guard has refused its later statements,
 *   which would have run, and committed, outside any transaction.
 * - The loop runs outside the async context of the caller who happened to start it.
 */
export class SqliteWriter {
  private readonly queue: (WriteTask | AtOnceTask)[] = [];
  private readonly fairness = new LockFairness();
  private readonly outsideCallers = AsyncLocalStorage.snapshot();
  private readonly atOnce: AtOnce;
  private loop: Promise<void> | undefined;
  /** A transaction could not be rolled back. */
  private mayBeOpen = false;

  constructor(
    private readonly handle: SqliteHandle,
    private readonly limits: UnitLimits,
    private readonly counters: Counters,
    private readonly logger: Logger,
  ) {
    this.atOnce = new AtOnce(handle);
  }

  /** Queues a unit; resolves after its commit. */
  submit<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push(new WriteTask(unit, work, resolve, reject) as WriteTask);
      this.loop ??= this.outsideCallers(() => this.run());
    });
  }

  /** See `Database.writeAtOnce`. */
  submitAtOnce(build: () => readonly ExpectedStatement[] | undefined): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.queue.push(new AtOnceTask(build, resolve, reject));
      this.loop ??= this.outsideCallers(() => this.run());
    });
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Resolves when every unit that was submitted has been settled. */
  async drain(): Promise<void> {
    while (this.loop) await this.loop;
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      await this.fairness.beforeTaking();
      const [first] = this.queue;
      if (first instanceof AtOnceTask) {
        this.queue.shift();
        await this.runAtOnce(first);
        continue;
      }
      if (!(await this.begin())) continue;
      const began = performance.now();
      await this.batch(began);
      this.fairness.released(performance.now() - began);
    }
    this.loop = undefined;
  }

  private async runAtOnce(task: AtOnceTask): Promise<void> {
    await gather();
    const statements = this.statementsOf(task);
    // In a transaction that is still open it would not be one of its own.
    if (!statements || this.mayBeOpen) return task.resolve(false);
    for (;;) {
      const began = performance.now();
      try {
        await this.atOnce.run(statements);
        this.counters.batches += 1;
        this.counters.lastBatchSize = 1;
        this.counters.unitsCommitted += 1;
        this.fairness.released(performance.now() - began);
        return task.resolve(true);
      } catch (error) {
        if (!isBusy(error)) return task.resolve(false);
        this.fairness.metOther();
        this.counters.retries += 1;
        if (began - task.queuedAt >= this.limits.lockWaitMs) {
          return task.reject(databaseBusy(this.limits.lockWaitMs, error));
        }
        await busyPause();
        this.counters.writerWaitMs += performance.now() - began;
      }
    }
  }

  private statementsOf(task: AtOnceTask): readonly ExpectedStatement[] | undefined {
    try {
      return task.build();
    } catch (error) {
      this.logger.error('the statements of a transaction could not be built', { error });
      return undefined;
    }
  }

  /** Takes the write lock; false when nobody is left to take it for. */
  private async begin(): Promise<boolean> {
    const started = performance.now();
    let counted = started;
    // As the wait goes on: under load there is always somebody left to take a lock for that somebody else never releases.
    const count = () => {
      const now = performance.now();
      this.counters.writerWaitMs += now - counted;
      counted = now;
    };
    try {
      while (this.queue.length > 0) {
        if (await this.tryBegin(started)) return true;
        this.counters.retries += 1;
        this.fairness.metOther();
        await busyPause();
        count();
      }
      return false;
    } finally {
      count();
    }
  }

  private async tryBegin(started: number): Promise<boolean> {
    try {
      await this.handle.script('BEGIN IMMEDIATE', 'SAVEPOINT unit');
      this.mayBeOpen = false;
      return true;
    } catch (error) {
      if (isBusy(error)) {
        this.rejectImpatient(started, error);
        return false;
      }
      this.rejectQueued(this.queue.length, databaseUnavailable(error));
      // In case a ROLLBACK failed before (see `abandon`): or else no BEGIN would ever succeed again.
      await this.handle.execute('ROLLBACK').catch(() => undefined);
      return false;
    }
  }

  /** A unit's patience counts from when it was queued, or from the start of this wait if that is later. */
  private rejectImpatient(started: number, error: unknown): void {
    const now = performance.now();
    const patient = this.queue.findIndex((task) => now - Math.max(started, task.queuedAt) < this.limits.lockWaitMs);
    const impatient = patient === -1 ? this.queue.length : patient;
    this.rejectQueued(impatient, databaseBusy(this.limits.lockWaitMs, error));
  }

  private rejectQueued(count: number, error: unknown): void {
    for (const task of this.queue.splice(0, count)) {
      if (task instanceof AtOnceTask) task.reject(error);
      else this.reject(task, error);
    }
  }

  /** Runs what is queued now. The first savepoint is open already. */
  private async batch(began: number): Promise<void> {
    const kept: WriteTask[] = [];
    let current: WriteTask | undefined;
    try {
      for (let left = this.unitsAhead(), isLast = false; !isLast; left -= 1) {
        current = this.takeUnit();
        const keep = (await current?.run(this.limits.unitLimitMs)) ?? true;
        isLast = left <= 1 || performance.now() - began >= BATCH_MS;
        await this.handle.script(...endOfUnit(keep), isLast ? 'COMMIT' : 'SAVEPOINT unit');
        if (current && keep) kept.push(current);
        else if (current) this.reject(current, databaseUnavailable(undefined));
        current = undefined;
      }
    } catch (error) {
      await this.abandon(current ? [...kept, current] : kept, error);
      return;
    }
    this.counters.batches += 1;
    this.counters.lastBatchSize = kept.length;
    this.counters.unitsCommitted += kept.length;
    for (const task of kept) task.committed();
  }

  private takeUnit(): WriteTask | undefined {
    const [first] = this.queue;
    if (!(first instanceof WriteTask)) return undefined;
    this.queue.shift();
    return first;
  }

  /** What runs at once is a transaction of its own. */
  private unitsAhead(): number {
    const other = this.queue.findIndex((task) => task instanceof AtOnceTask);
    return other === -1 ? this.queue.length : other;
  }

  /** Rolls the batch back and rejects its units. */
  private async abandon(tasks: readonly WriteTask[], cause: unknown): Promise<void> {
    this.logger.error('a batch of units was rolled back', { units: tasks.length, error: cause });
    try {
      await this.handle.execute('ROLLBACK');
    } catch (error) {
      // Expected when SQLite has rolled back by itself; otherwise the next BEGIN fails, and tries again.
      this.mayBeOpen = true;
      this.logger.warn('no transaction was left to roll back', { error });
    }
    const rejection = commitFailed(cause);
    for (const task of tasks) this.reject(task, rejection);
  }

  private reject(task: WriteTask, error: unknown): void {
    this.counters.unitsRolledBack += 1;
    if (task.unit.timedOut) this.counters.unitsTimedOut += 1;
    task.failed(error);
  }
}

function endOfUnit(keep: boolean): string[] {
  return keep ? ['RELEASE unit'] : ['ROLLBACK TO unit', 'RELEASE unit'];
}
