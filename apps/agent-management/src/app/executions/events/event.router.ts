import {
  AppError,
  EventStream,
  lastEventIdOf,
  type Logger,
  type Principal,
  principalOf,
  queryOf,
  signalOf,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, type Response, Router } from 'express';
import { EventFeedQuery, ExecutionEventsQuery } from './event.dto';
import { type EventSource, writeEvents } from './event-source';
import type { ExecutionStreams } from './execution-streams';
import type { FeedFilter, FeedReader } from './feed-reader';
import type { StreamKind, StreamPlaces } from './stream-places';

export interface EventRouterDeps {
  readonly executions: ExecutionStreams;
  readonly feed: FeedReader;
  readonly places: StreamPlaces;
  readonly logger: Logger;
  /** How long a reader may take nothing; default 30 s. */
  readonly unreadLimitMs?: number;
}

/** Where a page of the feed begins that names no place. */
const BEGINNING = '0';
const STREAM = 'text/event-stream';

/** `/executions/{id}/events` and `/events` of the agent context. Stands after `authenticate`. */
export function createEventRouter(deps: EventRouterDeps): Router {
  const router = Router();
  router.get(
    '/executions/:execution_id/events',
    validateQuery(ExecutionEventsQuery),
    async (req: Request<{ execution_id: string }>, res) => {
      const lastId = req.get('Last-Event-ID');
      const after = lastId === undefined ? queryOf(req, ExecutionEventsQuery).after : lastEventIdOf(lastId);
      const source = await deps.executions.open(principalOf(req), req.params.execution_id, after);
      // An event source that gets 204 does not come back, as it would after the end of a stream (WHATWG HTML, 9.2).
      if (source) await stream(req, res, { ...deps, kind: 'execution', source });
      else res.status(204).end();
    },
  );
  router.get('/events', validateQuery(EventFeedQuery), async (req, res) => {
    const query = queryOf(req, EventFeedQuery);
    const filter = filterOf(principalOf(req), query);
    const after = req.get('Last-Event-ID') || query.after;
    res.vary('Accept');
    // A page for who takes anything: a client that does not know what it asks for must come to an end.
    if (req.accepts('application/json', STREAM) === STREAM) {
      await stream(req, res, { ...deps, kind: 'feed', source: await deps.feed.open(filter, after) });
    } else {
      const { items, next } = await deps.feed.page(filter, after ?? null, query.limit);
      res.json({ items, next_cursor: next ?? BEGINNING });
    }
  });
  return router;
}

interface Streamed extends EventRouterDeps {
  readonly kind: StreamKind;
  readonly source: EventSource;
}

/** Rejects only before the stream has begun; later an end is what tells the reader to come again. */
async function stream(req: Request, res: Response, streamed: Streamed): Promise<void> {
  const { kind, source, places, logger, unreadLimitMs } = streamed;
  const leave = places.take(kind);
  try {
    const limit = unreadLimitMs === undefined ? {} : { unreadLimitMs };
    const events = EventStream.open(res, { ...limit, retryMs: retryMs(), onCutOff: () => places.drop(kind) });
    if (req.method !== 'HEAD') await writeEvents(source, events, signalOf(req));
    events.end();
  } catch (error) {
    logger.warn('a stream of events broke off; its reader comes again', { event: 'stream_failed', kind, error });
    res.end();
  } finally {
    leave();
  }
}

/** Between one and three seconds: the readers of a process that stops must not all come to the next one at once. */
function retryMs(): number {
  return 1_000 + Math.floor(Math.random() * 2_000);
}

/** @throws AppError `forbidden` */
function filterOf({ role, subject }: Principal, query: EventFeedQuery): FeedFilter {
  const { owner_id: asked, workflow_id: workflowId, type } = query;
  if (role !== 'admin' && asked !== undefined && asked !== subject) {
    throw new AppError('forbidden', 'only admins may read the events of others');
  }
  return {
    ownerId: role === 'admin' ? asked : subject,
    workflowId,
    types: type === undefined || type.length === 0 ? undefined : new Set(type),
  };
}
