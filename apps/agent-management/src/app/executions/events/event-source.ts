import type { EventStream } from '@aitbc/shared-core';
import { NewsFlag } from './news-flag';

/** What comes next for one reader. */
export interface NextEvents {
  /** As they are sent. */
  readonly texts: readonly string[];
  /** There is more already. */
  readonly more: boolean;
  /** Nothing will ever follow. */
  readonly ended: boolean;
}

/** Events that one reader goes through. It keeps the reader's place and nothing else: whatever is sent is read from the database. */
export interface EventSource {
  /** What stands after the reader's place, which moves behind it. */
  next(): Promise<NextEvents>;
  /** Calls `listener` when `next` may have something. Gives the function that ends it. */
  onNews(listener: () => void): () => void;
  /** Place to be told in silence, when it has moved without an event since the last call. */
  silentMove(): string | undefined;
}

/** Silence after which a comment is sent: less than the time after which proxies give a connection up (nginx: 60 s). */
const KEEP_ALIVE_MS = 15_000;

/**
 * Writes what comes until it ends, the reader goes, or the process drains. A reader that is slow makes this wait, and is
 * then read for from where it is: nothing queues up for it, however much happens meanwhile.
 */
export async function writeEvents(
  source: EventSource,
  stream: EventStream,
  signal: AbortSignal,
  keepAliveMs = KEEP_ALIVE_MS,
): Promise<void> {
  const news = new NewsFlag();
  const stop = source.onNews(() => news.raise());
  try {
    // Who loses the connection before the first event comes back to where it began.
    await tellPlace(source, stream);
    while (!signal.aborted) {
      news.lower();
      const { texts, more, ended } = await source.next();
      await stream.sendAll(texts);
      if (ended) return;
      if (more || (await news.raised(keepAliveMs, signal)) || signal.aborted) continue;
      if (!(await tellPlace(source, stream))) await stream.keepAlive();
    }
  } finally {
    stop();
  }
}

async function tellPlace(source: EventSource, stream: EventStream): Promise<boolean> {
  const place = source.silentMove();
  if (place !== undefined) await stream.moveTo(place);
  return place !== undefined;
}
