import { databaseClosed } from '../database-errors';
import { statementKind } from '../transaction-sql';
import { SqliteHandle, StatementResult } from './sqlite-handle';

/** A reader waits this long for a lock: only crash recovery and the last close of the file take one that stops reads. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Read-only connections. One statement takes one connection and gives it back, so a slow caller holds none between its
 * statements, and a burst of reads occupies no more threads than there are connections (the writer needs one).
 */
export class ReaderPool {
  private readonly idle: SqliteHandle[];
  private readonly waiting: { readonly take: (handle: SqliteHandle) => void; readonly refuse: () => void }[] = [];
  private closed = false;

  private constructor(private readonly handles: readonly SqliteHandle[]) {
    this.idle = [...handles];
  }

  static async open(path: string, size: number): Promise<ReaderPool> {
    const handles: SqliteHandle[] = [];
    try {
      for (let n = 0; n < size; n += 1) handles.push(await SqliteHandle.openReadOnly(path, BUSY_TIMEOUT_MS));
    } catch (error) {
      await Promise.all(handles.map((handle) => handle.close()));
      throw error;
    }
    return new ReaderPool(handles);
  }

  async execute(sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    statementKind(sql);
    const handle = this.closed ? undefined : (this.idle.pop() ?? (await this.nextIdle()));
    if (!handle) throw databaseClosed();
    try {
      return await handle.execute(sql, parameters);
    } finally {
      this.giveBack(handle);
    }
  }

  /** Refuses what still waits, lets running statements end, then closes every connection. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { refuse } of this.waiting.splice(0)) refuse();
    const running = this.handles.length - this.idle.length;
    for (let n = 0; n < running; n += 1) await this.nextIdle();
    await Promise.all(this.handles.map((handle) => handle.close()));
  }

  private nextIdle(): Promise<SqliteHandle | undefined> {
    return new Promise((resolve) => {
      this.waiting.push({ take: resolve, refuse: () => resolve(undefined) });
    });
  }

  private giveBack(handle: SqliteHandle): void {
    const next = this.waiting.shift();
    if (next) next.take(handle);
    else this.idle.push(handle);
  }
}
