import type { Database, Logger, MetricsSource } from '@aitbc/shared-core';
import type { Router } from 'express';
import type { ExecutionNews } from '../news/execution-news';
import { createEventRouter } from './event.router';
import { ExecutionStreams } from './execution-streams';
import { ExecutionTails } from './execution-tails';
import { FeedReader } from './feed-reader';
import type { StoredEventFeed } from './stored-event-feed';
import { StreamPlaces } from './stream-places';

export interface EventParts {
  readonly db: Database;
  readonly feed: StoredEventFeed;
  readonly news: ExecutionNews;
  readonly logger: Logger;
  /** `source` of the CloudEvents: the URL of this installation. */
  readonly source: () => string;
}

/** Puts together what lets others watch executions. */
export function composeEvents({ db, feed, news, logger, source }: EventParts): {
  readonly router: Router;
  readonly metrics: readonly MetricsSource[];
  /** Looks no more for what other processes write. */
  close(): void;
} {
  const places = new StreamPlaces();
  const router = createEventRouter({
    executions: new ExecutionStreams(new ExecutionTails(db), news, source),
    feed: new FeedReader(feed, db, source),
    places,
    logger,
  });
  return {
    router,
    metrics: places.metrics,
    close() {
      news.close();
      feed.close();
    },
  };
}
