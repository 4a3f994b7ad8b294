import { type Database, GatheredReads, serverEventText } from '@aitbc/shared-core';
import { type CloudEvent, cloudEventOf } from './cloud-event';
import type { EventFeed, FeedEvent, FeedPage } from './event-feed';
import type { EventSource, NextEvents } from './event-source';

/** Which events a reader wants; what is `undefined` filters nothing. */
export interface FeedFilter {
  readonly ownerId: string | undefined;
  readonly workflowId: string | undefined;
  /** `step.completed`, … */
  readonly types: ReadonlySet<string> | undefined;
}

/** Events that a stream reads at once. */
const EVENTS_AT_ONCE = 200;
/** Characters that it sends of them before it reads again. A reader that does not read holds as much. */
const LONGEST_PIECE = 256 * 1024;
/** A page looks through so many pieces of the feed for what its filter wants, of so many events. */
const READS_OF_A_PAGE = 8;
const FILTERED_AT_ONCE = 500;

/** What HTTP gives out of the feed: pages and streams of CloudEvents. */
export class FeedReader {
  private readonly reads: GatheredReads<PromiseSettledResult<FeedPage>>;
  /** Written once for all streams that read the same piece. */
  private readonly written = new WeakMap<FeedEvent, string>();

  /** @param source `source` of the CloudEvents */
  constructor(
    private readonly feed: EventFeed,
    db: Database,
    private readonly source: () => string,
  ) {
    // Each place by itself: a reader with a bad one must not make those fail whose reads go together with its own.
    this.reads = new GatheredReads(db, async (_, places) => {
      const pages = await Promise.allSettled(places.map((place) => feed.read(place, EVENTS_AT_ONCE)));
      return new Map(pages.map((page, index) => [places[index] ?? '', page]));
    });
  }

  /**
   * Events after `after` (null: from the beginning), at most `limit`, and where to read on. There may be more although the
   * page is not full: it looks through so much of the feed and no further.
   * @throws AppError `validation_failed`
   */
  async page(
    filter: FeedFilter,
    after: string | null,
    limit: number,
  ): Promise<{ items: readonly CloudEvent[]; next: string | null }> {
    const items: FeedEvent[] = [];
    const atOnce = filter.workflowId === undefined && filter.types === undefined ? limit : FILTERED_AT_ONCE;
    let next = after;
    for (let reads = 0; reads < READS_OF_A_PAGE; reads += 1) {
      const page = await this.feed.read(next, atOnce, filter.ownerId);
      next = page.next;
      const wanted = page.events.filter((event) => isWanted(event, filter));
      const room = limit - items.length;
      items.push(...wanted.slice(0, room));
      if (wanted.length > room) next = items.at(-1)?.position ?? next;
      if (!page.more || items.length === limit) break;
    }
    return { items: items.map((event) => cloudEventOf(event, this.source())), next };
  }

  /**
   * A stream of the events after `after`, by default of what is committed from now on.
   * @throws AppError `validation_failed`
   */
  async open(filter: FeedFilter, after: string | undefined): Promise<EventSource> {
    if (after !== undefined) await this.read(after);
    const start = after ?? (await this.feed.end());
    const onNews = (listener: () => void) => this.feed.onNews(listener);
    return new FeedSource(
      { read: (place) => this.read(place), onNews, write: (event) => this.write(event) },
      filter,
      start,
    );
  }

  private async read(place: string): Promise<FeedPage> {
    const page = await this.reads.get(place);
    if (page?.status === 'fulfilled') return page.value;
    throw page?.reason ?? new Error(`nothing was read at ${place}`);
  }

  private write(event: FeedEvent): string {
    const known = this.written.get(event);
    if (known !== undefined) return known;
    const text = serverEventText({
      event: event.type,
      id: event.position,
      data: cloudEventOf(event, this.source()),
    });
    this.written.set(event, text);
    return text;
  }
}

interface FeedAccess {
  read(place: string): Promise<FeedPage>;
  write(event: FeedEvent): string;
  onNews(listener: () => void): () => void;
}

class FeedSource implements EventSource {
  /** The place that the reader knows. */
  private told = '';

  constructor(
    private readonly feed: FeedAccess,
    private readonly filter: FeedFilter,
    private place: string,
  ) {}

  async next(): Promise<NextEvents> {
    const { events, next, more } = await this.feed.read(this.place);
    const texts: string[] = [];
    let length = 0;
    for (const event of events) {
      if (!isWanted(event, this.filter)) continue;
      const text = this.feed.write(event);
      if (texts.length > 0 && length + text.length > LONGEST_PIECE) {
        this.place = this.told;
        return { texts, more: true, ended: false };
      }
      texts.push(text);
      length += text.length;
      this.told = event.position;
    }
    this.place = next ?? this.place;
    return { texts, more, ended: false };
  }

  onNews(listener: () => void): () => void {
    return this.feed.onNews(listener);
  }

  /** Whoever sees none of what passes would come back with an old place, and read all of it again. */
  silentMove(): string | undefined {
    if (this.told === this.place) return undefined;
    return (this.told = this.place);
  }
}

function isWanted(event: FeedEvent, { ownerId, workflowId, types }: FeedFilter): boolean {
  return (
    (ownerId === undefined || event.ownerId === ownerId) &&
    (workflowId === undefined || event.workflowId === workflowId) &&
    (types === undefined || types.has(event.type))
  );
}
