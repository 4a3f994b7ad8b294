import { type Database, idle, type Logger, type MetricsSource, RepeatedWork } from '@aitbc/shared-core';
import type { ExpiredExecution, RetentionStore } from './retention.store';

const DAY_MS = 86_400_000;

export interface RetentionOptions {
  /** Days after its end at which an execution goes; 0: never. */
  readonly days: number;
  /** Between two rounds (ms). */
  readonly intervalMs?: number;
  /** Between two units (ms), in which the writer is free for others. */
  readonly pauseMs?: number;
}

/** How many executions one look finds. */
const FOUND_AT_ONCE = 200;
/** Rows of one unit, about: some milliseconds of the writer. */
const ROWS_OF_A_UNIT = 500;
/** Pages of one unit that gives space back. */
const PAGES_OF_A_UNIT = 100;
const PROGRESS_EVERY_MS = 10_000;

/**
 * Deletes finished executions when their time is over, oldest end first, in small units with pauses, and gives the space
 * back. Any number of processes may run it; start it only where `SWEEPS` is on.
 */
export class RetentionSweep {
  private readonly work: RepeatedWork;
  private deleted = 0;

  constructor(
    private readonly store: Pick<RetentionStore, 'expired' | 'remove' | 'takeApart'>,
    private readonly db: Pick<Database, 'reclaimPages'>,
    private readonly logger: Logger,
    private readonly options: RetentionOptions,
    private readonly now: () => number = Date.now,
  ) {
    this.work = new RepeatedWork((signal) => this.round(signal), {
      intervalMs: options.intervalMs ?? 60_000,
      onFailure: (error) =>
        logger.error('expired executions were not deleted; it is tried again', { event: 'retention_failed', error }),
    });
  }

  get metrics(): MetricsSource[] {
    const help = 'Finished executions that this process has deleted because their time was over.';
    const name = 'aitbc_executions_deleted_total';
    return [{ name, help, kind: 'counter', collect: () => [{ value: this.deleted }] }];
  }

  start(): void {
    if (this.options.days === 0) return;
    this.work.start();
  }

  /** Ends after the unit that is under way. */
  stop(): Promise<void> {
    return this.work.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    const before = this.now() - this.options.days * DAY_MS;
    const began = this.deleted;
    let told = performance.now();
    for (;;) {
      const found = await this.store.expired(before, FOUND_AT_ONCE);
      const gone = await this.removeAll(found, signal);
      // Nothing went of what was found: other processes are at it, or it is tried again later.
      if (gone === 0 || signal.aborted) break;
      if (performance.now() - told < PROGRESS_EVERY_MS) continue;
      told = performance.now();
      this.tell('expired executions are being deleted', this.deleted - began);
    }
    const pages = await this.giveBack(signal);
    if (this.deleted > began) this.tell('expired executions were deleted', this.deleted - began, pages);
  }

  private async removeAll(found: readonly ExpiredExecution[], signal: AbortSignal): Promise<number> {
    let gone = 0;
    for (const batch of batchesOf(found)) {
      if (signal.aborted) break;
      gone += await this.removeBatch(batch, signal);
      await this.pause(signal);
    }
    return gone;
  }

  private async removeBatch(batch: readonly ExpiredExecution[], signal: AbortSignal): Promise<number> {
    const gone = (await this.removeAtOnce(batch)) ?? (await this.removeInPieces(batch, signal));
    this.deleted += gone;
    return gone;
  }

  /** `undefined` when it is too much for one unit. */
  private async removeAtOnce(batch: readonly ExpiredExecution[]): Promise<number | undefined> {
    const rows = batch.reduce((sum, each) => sum + each.rows, 0);
    if (rows > 2 * ROWS_OF_A_UNIT) return undefined;
    try {
      return await this.store.remove(batch.map(({ id }) => id));
    } catch (error) {
      this.logger.warn('expired executions are deleted in smaller pieces', { error, executions: batch.length });
      return undefined;
    }
  }

  /** One that cannot be deleted must not keep the others. */
  private async removeInPieces(batch: readonly ExpiredExecution[], signal: AbortSignal): Promise<number> {
    const goOn = async () => {
      await this.pause(signal);
      return !signal.aborted;
    };
    let gone = 0;
    for (const { id } of batch) {
      if (signal.aborted) break;
      gone += await this.store.takeApart(id, goOn).catch((error: unknown) => {
        this.logger.error('an expired execution could not be deleted', { execution_id: id, error });
        return 0;
      });
    }
    return gone;
  }

  private async giveBack(signal: AbortSignal): Promise<number> {
    let pages = 0;
    while (!signal.aborted) {
      const given = await this.db.reclaimPages(PAGES_OF_A_UNIT);
      if (given === 0) break;
      pages += given;
      await this.pause(signal);
    }
    return pages;
  }

  private pause(signal: AbortSignal): Promise<void> {
    return idle(this.options.pauseMs ?? 25, signal);
  }

  private tell(message: string, executions: number, pages?: number): void {
    this.logger.info(message, {
      event: 'executions_deleted',
      executions,
      ...(pages ? { pages_given_back: pages } : {}),
    });
  }
}

/** Neighbours together as long as their rows are few; what has many stands alone. */
function batchesOf(found: readonly ExpiredExecution[]): ExpiredExecution[][] {
  const batches: ExpiredExecution[][] = [];
  let room = 0;
  for (const execution of found) {
    const last = batches.at(-1);
    if (last && execution.rows <= room) last.push(execution);
    else {
      batches.push([execution]);
      room = ROWS_OF_A_UNIT;
    }
    room -= execution.rows;
  }
  return batches;
}
