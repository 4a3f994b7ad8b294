import { Request, RequestHandler } from 'express';
import { withLogContext } from '../logging/log-context';
import { Logger } from '../logging/logger';
import { requestIdOf } from './request-scope';

const PROBES: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);
/** nginx's number for a client that left before the answer; no such response is ever sent. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One line for each request when its response is over. The route is the pattern (`/agents/:agent_id`), which can be
 * counted; the query is left out, since it may hold what should not be logged. Probes are logged at debug level.
 */
export function accessLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    // The socket's events run outside the request's async context, so its id is given anew.
    const context = { request_id: requestIdOf(req) };
    res.once('close', () => {
      const fields = {
        event: 'request',
        method: req.method,
        route: routeOf(req),
        status: res.writableFinished ? res.statusCode : CLIENT_CLOSED_REQUEST,
        duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
      };
      const level = PROBES.has(req.path) ? 'debug' : 'info';
      withLogContext(context, () => logger[level](`${fields.method} ${fields.route} ${fields.status}`, fields));
    });
    next();
  };
}

/**
 * The pattern of the matched route with its mount point (`/api/v1/jobs/:id`), or `unmatched`. The mount point is taken
 * from the request's own path: on the way to the error handler Express has already left the router, and `baseUrl` is
 * empty again. A pattern has as many segments as what it matched.
 */
export function routeOf(req: Request): string {
  const route: unknown = req.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'unmatched';
  const pattern = String(route.path);
  const segments = (req.originalUrl.split('?')[0] ?? '').split('/');
  const mountPoint = segments.slice(0, segments.length - pattern.split('/').length + 1).join('/');
  return `${mountPoint}${pattern}`;
}
