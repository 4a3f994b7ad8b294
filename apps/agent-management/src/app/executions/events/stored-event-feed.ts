import type { Database, Logger } from '@aitbc/shared-core';
import type { EventFeed, FeedEvent, FeedPage } from './event-feed';
import { eventRecordOf } from './event-row';
import { FEED_START, type FeedPosition, notOfThisFeed, parsePosition, positionText } from './feed-position';
import { endStatement, type FeedRow, newestStatement, readStatement } from './feed-statements';
import { Poll } from './poll';

/** What others have written shows after this. */
const POLL_MS = 200;
/** Under load one call tells of many commits. */
const GAP_MS = 20;
/** Events that a filtered read looks at, most of which may be somebody else's. */
const FILTERED_AT_ONCE = 1_000;

/** The feed out of the events' own table: no commit writes anything for it. */
export class StoredEventFeed implements EventFeed {
  private readonly listeners = new Set<() => void>();
  private readonly poll: Poll;
  private newest: number | null | undefined;
  private telling: NodeJS.Timeout | undefined;
  private toldAt = 0;

  constructor(
    private readonly db: Pick<Database, 'engine' | 'readSql' | 'inUnit'>,
    logger: Logger,
    { pollMs = POLL_MS }: { readonly pollMs?: number } = {},
  ) {
    this.poll = new Poll(
      () => this.look(),
      pollMs,
      (error) => logger.warn('the newest event could not be looked up; it is tried again', { error }),
    );
  }

  async read(after: string | null, limit: number, ownerId?: string): Promise<FeedPage> {
    if (this.db.inUnit()) throw new Error('the feed is not read inside a unit of work');
    const from = after === null ? FEED_START : parsePosition(after);
    const atOnce = ownerId === undefined ? limit : Math.max(limit, FILTERED_AT_ONCE);
    const rows = await this.db.readSql((sql) =>
      sql.query<FeedRow>(readStatement(this.db.engine), [...Object.values(keyOf(from)), atOnce, ownerId ?? null]),
    );
    if (rows.length === 0 && from.place > (await this.endPlace())) throw notOfThisFeed();
    return pageOf(rows, { after, limit, atOnce });
  }

  async end(): Promise<string> {
    return positionText({ place: await this.endPlace(), executionId: '', seq: 0 });
  }

  onNews(listener: () => void): () => void {
    // Two subscriptions of one function are two.
    const own = (): void => listener();
    this.listeners.add(own);
    this.poll.start();
    return () => {
      this.listeners.delete(own);
      if (this.listeners.size === 0) this.poll.stop();
    };
  }

  /** This process has committed events. */
  announce(): void {
    if (this.telling || this.listeners.size === 0) return;
    const wait = Math.max(0, this.toldAt + GAP_MS - performance.now());
    this.telling = setTimeout(() => this.tell(), wait);
    this.telling.unref();
  }

  /** Looks no more; listeners hear of this process's commits only. */
  close(): void {
    this.poll.close();
    clearTimeout(this.telling);
  }

  /**
   * Also news of this process: on PostgreSQL what was announced may have been held back at first, by another transaction that
   * had not ended.
   */
  private async look(): Promise<void> {
    const [row] = await this.db.readSql((sql) => sql.query<{ place: number | null }>(newestStatement(this.db.engine)));
    const newest = row?.place ?? null;
    if (newest === this.newest) return;
    this.newest = newest;
    this.announce();
  }

  private async endPlace(): Promise<number> {
    const [row] = await this.db.readSql((sql) => sql.query<{ place: number }>(endStatement(this.db.engine)));
    return row?.place ?? 0;
  }

  private tell(): void {
    this.telling = undefined;
    this.toldAt = performance.now();
    for (const listener of [...this.listeners]) listener();
  }
}

/** In the order of the statement's parameters. */
function keyOf({ place, executionId, seq }: FeedPosition) {
  return { place, executionId, seq };
}

function pageOf(
  rows: readonly FeedRow[],
  { after, limit, atOnce }: { readonly after: string | null; readonly limit: number; readonly atOnce: number },
): FeedPage {
  const wanted = rows.filter(({ data }) => data !== null);
  const events = wanted.slice(0, limit).map(eventOf);
  const cut = wanted.length > limit;
  const last = rows.at(-1);
  const passed = last ? positionOf(last) : after;
  return {
    events,
    next: cut ? (events.at(-1)?.position ?? after) : passed,
    more: cut || rows.length === atOnce,
  };
}

function positionOf(row: FeedRow): string {
  return positionText({ place: row.place, executionId: row.execution_id, seq: row.seq });
}

function eventOf(row: FeedRow): FeedEvent {
  return { position: positionOf(row), ...eventRecordOf(row, row.seq) };
}
