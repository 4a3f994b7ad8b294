import { type Database, jsonRows, type Logger } from '@aitbc/shared-core';
import { type ExecutionStatus, isFinalExecution } from '@aitbc/shared-domain';

/**
 * Gets the number of the newest event, and whether it was the last one. It may come twice, or late: what it tells is only
 * that a look is worth while.
 */
export type NewsListener = (eventSeq: number, isLast: boolean) => void;

/** What others have written shows after this. */
export const NEWS_POLL_MS = 200;

interface Topic {
  readonly listeners: Set<NewsListener>;
  /** The newest number that the listeners were told; −1 while nobody has looked. */
  told: number;
}

/**
 * Tells who watches an execution that it has new events. Commits are published as they are written or heard of; for
 * those that nobody told of there is one query every 200 ms for all executions that are watched, however many watch them, and none
 * while nobody does. It carries numbers only: what happened is read from the database.
 */
export class ExecutionNews {
  private readonly topics = new Map<string, Topic>();
  private timer: NodeJS.Timeout | undefined;
  private polling = false;
  private closed = false;

  constructor(
    private readonly db: Pick<Database, 'engine' | 'readSql'>,
    private readonly logger: Logger,
    private readonly pollMs = NEWS_POLL_MS,
  ) {}

  /**
   * Tells `listener` of each event from now on. Subscribe before looking: what is committed between the look and the
   * subscription would else be missed. Gives the function that ends it.
   */
  subscribe(executionId: string, listener: NewsListener): () => void {
    const topic = this.topics.get(executionId) ?? { listeners: new Set(), told: -1 };
    this.topics.set(executionId, topic);
    topic.listeners.add(listener);
    this.schedule();
    return () => {
      topic.listeners.delete(listener);
      if (topic.listeners.size === 0 && this.topics.get(executionId) === topic) this.topics.delete(executionId);
      if (this.topics.size === 0) this.cancelPoll();
    };
  }

  /** Whether anybody would be told. */
  isWatched(executionId: string): boolean {
    return this.topics.has(executionId);
  }

  /** A commit of this execution is in the database. */
  publish(executionId: string, eventSeq: number, status: ExecutionStatus): void {
    const topic = this.topics.get(executionId);
    if (!topic || topic.told >= eventSeq) return;
    topic.told = eventSeq;
    for (const listener of [...topic.listeners]) listener(eventSeq, isFinalExecution(status));
  }

  /** Looks no more; who still listens hears of this process's commits only. */
  close(): void {
    this.closed = true;
    this.cancelPoll();
  }

  private schedule(): void {
    if (this.closed || this.polling || this.timer || this.topics.size === 0) return;
    this.timer = setTimeout(() => void this.poll(), this.pollMs);
    this.timer.unref();
  }

  private cancelPoll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** One at a time: a slow database must not be asked again while it still answers. */
  private async poll(): Promise<void> {
    this.timer = undefined;
    this.polling = true;
    try {
      for (const { id, event_seq, status } of await this.newest()) this.publish(id, event_seq, status);
    } catch (error) {
      this.logger.warn('the news of other processes could not be read; it is tried again', { error });
    } finally {
      this.polling = false;
      this.schedule();
    }
  }

  private newest(): Promise<{ id: string; event_seq: number; status: ExecutionStatus }[]> {
    const watched = JSON.stringify([...this.topics.keys()].map((id) => ({ id })));
    return this.db.readSql((sql) => sql.query(newestStatement(this.db.engine), [watched]));
  }
}

export function newestStatement(engine: Database['engine']): string {
  return `SELECT e.id AS id, e.event_seq AS event_seq, e.status AS status FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })}
    JOIN agent_executions e ON e.id = b.id`;
}
