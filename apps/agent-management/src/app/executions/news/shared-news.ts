import type { ExecutionCommit } from '@aitbc/execution-engine';
import type { Database, Logger } from '@aitbc/shared-core';
import { EXECUTION_STATUSES, type ExecutionStatus } from '@aitbc/shared-domain';
import { Outbox } from '../process/outbox';
import type { ExecutionNews } from './execution-news';

const CHANNEL = 'aitbc_news';

/** An execution, the number of its newest event, and its status. */
type Piece = readonly [id: string, eventSeq: number, status: ExecutionStatus];

/**
 * Tells who watches an execution of the commits of this process: at once here, and on PostgreSQL within some 10 ms in the
 * other processes, which else would find out at their next look (SQLite carries nothing, so there they do). What somebody
 * watches here is told to nobody else: a reader elsewhere, who is the exception then, waits for that look.
 */
export class SharedNews {
  private readonly outbox: Outbox | undefined;

  constructor(
    private readonly news: Pick<ExecutionNews, 'publish' | 'isWatched'>,
    db: Pick<Database, 'openChannel'>,
    logger: Logger,
  ) {
    const channel = db.openChannel(CHANNEL, { onText: (text) => this.hear(text), onConnected: () => undefined });
    if (channel)
      this.outbox = new Outbox(channel, logger, 'other processes could not be told; they look by themselves');
  }

  /** These commits are in the database. */
  written(commits: readonly ExecutionCommit[]): void {
    for (const { state } of commits) {
      const piece: Piece = [state.id, state.eventSeq, state.status];
      if (this.news.isWatched(state.id)) this.news.publish(...piece);
      else this.outbox?.put(JSON.stringify(piece), state.id);
    }
  }

  async close(): Promise<void> {
    await this.outbox?.close();
  }

  private hear(text: string): void {
    const piece = pieceOf(text);
    if (piece) this.news.publish(...piece);
  }
}

/** A process of another release may send what this one does not know. */
function pieceOf(text: string): Piece | undefined {
  const [id, eventSeq, status] = parse(text);
  const known = typeof id === 'string' && Number.isSafeInteger(eventSeq) && isStatus(status);
  return known ? [id, eventSeq as number, status] : undefined;
}

function parse(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isStatus(value: unknown): value is ExecutionStatus {
  return EXECUTION_STATUSES.some((status) => status === value);
}
