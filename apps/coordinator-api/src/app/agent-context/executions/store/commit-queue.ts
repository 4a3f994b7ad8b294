import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecutionCommit } from '@aitbc/execution-engine';
import type { Database } from '@aitbc/shared-core';
import { commitBatch } from './commit-batch';
import type { LeaseTime } from './lease-time';

/** Is told which commits were written, after each batch and before those who wait for them. */
export type OnWritten = (commits: readonly ExecutionCommit[]) => void;

interface Queued {
  readonly commit: ExecutionCommit;
  readonly resolve: (outcome: 'committed' | 'lost') => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers commits while the writer is busy and writes all that have gathered in one turn, so that a round of many
 * executions costs one disk sync. Never call it from inside a unit of work: the batch belongs to nobody's unit, and
 * would wait for the very unit that waits for it.
 */
export class CommitQueue {
  private waiting: Queued[] = [];
  private turnRequested = false;
  private writing = false;
  /** Runs the batch outside the caller's unit of work and log context, since it carries the commits of others too. */
  private readonly detached = AsyncLocalStorage.snapshot();

  constructor(
    private readonly db: Database,
    private readonly onWritten: OnWritten,
    private readonly leaseTime: LeaseTime,
  ) {}

  add(commit: ExecutionCommit): Promise<'committed' | 'lost'> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ commit, resolve, reject });
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
    let taken: Queued[] = [];
    try {
      const written = await this.db.writeSet(async (sql) => {
        // On PostgreSQL a set that met a conflict is run again: the same commits, not newer ones.
        if (taken.length === 0) taken = this.take();
        return commitBatch(
          sql,
          this.db.engine,
          taken.map(({ commit }) => commit),
          this.leaseTime,
        );
      });
      this.settle(taken, written);
    } catch (error) {
      // Taken or not, nobody else will answer these.
      if (taken.length === 0) taken = this.take();
      await this.afterFailure(taken, error);
    }
  }

  /** Takes at most one commit of each execution; a second one has its turn with the next batch. */
  private take(): Queued[] {
    this.turnRequested = false;
    const first = new Map<string, Queued>();
    const later: Queued[] = [];
    for (const queued of this.waiting) {
      if (first.has(queued.commit.state.id)) later.push(queued);
      else first.set(queued.commit.state.id, queued);
    }
    this.waiting = later;
    this.requestTurn();
    return [...first.values()];
  }

  /** One bad commit must not take the others with it: each is tried alone. */
  private async afterFailure(failed: readonly Queued[], error: unknown): Promise<void> {
    if (failed.length === 1) return failed[0]?.reject(error);
    for (const queued of failed) {
      await this.db
        .writeSet((sql) => commitBatch(sql, this.db.engine, [queued.commit], this.leaseTime))
        .then((written) => this.settle([queued], written), queued.reject);
    }
  }

  private settle(queued: readonly Queued[], written: ReadonlySet<string>): void {
    const isWritten = ({ commit }: Queued) => written.has(commit.state.id);
    this.onWritten(queued.filter(isWritten).map(({ commit }) => commit));
    for (const each of queued) each.resolve(isWritten(each) ? 'committed' : 'lost');
  }
}
