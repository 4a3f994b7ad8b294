import { AppError, type MetricsSource, Tally } from '@aitbc/shared-core';

/** Each holds a connection, and what its socket buffers. */
const MAX_STREAMS = 4_000;
const RETRY_AFTER_SECONDS = 2;

/** What is followed: one execution, or all of them. */
export type StreamKind = 'execution' | 'feed';

/** How many streams of events this process keeps open at once. */
export class StreamPlaces {
  private readonly open: Record<StreamKind, number> = { execution: 0, feed: 0 };
  private readonly dropped = new Tally(
    'aitbc_event_streams_dropped_total',
    'Streams of events that were cut off because nobody read them.',
    ['stream'],
  );

  constructor(private readonly maxStreams = MAX_STREAMS) {}

  get metrics(): readonly MetricsSource[] {
    const open: MetricsSource = {
      ...{ name: 'aitbc_event_streams', help: 'Streams of events that are open.', kind: 'gauge', labels: ['stream'] },
      collect: () => Object.entries(this.open).map(([stream, value]) => ({ labels: { stream }, value })),
    };
    return [open, this.dropped];
  }

  /**
   * Takes a place; gives the function that gives it back.
   * @throws AppError `overloaded` when there is none
   */
  take(kind: StreamKind): () => void {
    if (this.open.execution + this.open.feed >= this.maxStreams) {
      const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
      throw new AppError('overloaded', 'too many streams of events are open', options);
    }
    this.open[kind] += 1;
    return () => {
      this.open[kind] -= 1;
    };
  }

  /** A reader was cut off. */
  drop(kind: StreamKind): void {
    this.dropped.add({ stream: kind });
  }
}
