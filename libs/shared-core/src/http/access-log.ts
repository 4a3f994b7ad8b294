import { RequestHandler } from 'express';
import { withLogContext } from '../logging/log-context';
import { Logger } from '../logging/logger';
import { isProbe, routeOf } from './request-facts';
import { logContextOf } from './request-scope';

/** nginx's number for a client that left before the answer; no such response is ever sent. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * One line for each request when its response is over. The route is the pattern (`/agents/:agent_id`), which can be
 * counted; the query is left out, since it may hold what should not be logged. Probes are logged at debug level.
 */
export function accessLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    // The socket's events run outside the request's async context, so its ids are given anew.
    const context = logContextOf(req);
    res.once('close', () => {
      const fields = {
        event: 'request',
        method: req.method,
        route: routeOf(req),
        status: res.writableFinished ? res.statusCode : CLIENT_CLOSED_REQUEST,
        duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
      };
      const level = isProbe(req) ? 'debug' : 'info';
      withLogContext(context, () => logger[level](`${fields.method} ${fields.route} ${fields.status}`, fields));
    });
    next();
  };
}
