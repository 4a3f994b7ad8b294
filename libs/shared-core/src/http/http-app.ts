import express, { Express } from 'express';
import { answerRepeated } from '../idempotency/idempotent';
import { Logger } from '../logging/logger';
import type { Metrics } from '../observability/metrics';
import type { Tracer } from '../observability/tracing';
import { accessLog } from './access-log';
import { errorHandler } from './error-handler';
import { jsonBody } from './json-body';
import { ProbeOptions, probes } from './probes';
import { requestScope } from './request-scope';
import { securityHeaders } from './security-headers';
import { unmatchedRoute } from './unmatched';

export interface HttpAppOptions extends ProbeOptions {
  readonly logger: Logger;
  /** Answers `GET /metrics` and measures requests; without it there is no such route. */
  readonly metrics?: Metrics;
  /** Is told of each request but probes; without it nobody is. */
  readonly tracer?: Tracer;
  /** Mounts what must see a request before its body is read: authentication, limits, a streaming proxy. */
  readonly beforeBody?: (app: Express) => void;
  /** Mounts the routes. */
  readonly routes: (app: Express) => void;
}

/**
 * The Express app of a service: request scope, access log, probes, JSON bodies, the routes, and the error handler that
 * makes problem documents of all that is thrown. Handlers may be async and may throw: Express 5 awaits them.
 */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // ETags are versions of objects here, not hashes of bodies.
  app.set('query parser', 'simple');
  // The client's address is what a proxy on this machine says it is; nobody else is believed.
  app.set('trust proxy', 'loopback');
  app.use(requestScope(options.state, options.tracer), accessLog(options.logger), securityHeaders());
  app.use(probes(options));
  if (options.metrics) app.use(options.metrics.measure);
  options.beforeBody?.(app);
  app.use(jsonBody());
  options.routes(app);
  app.use(unmatchedRoute);
  app.use(answerRepeated);
  app.use(errorHandler(options.logger));
  return app;
}
