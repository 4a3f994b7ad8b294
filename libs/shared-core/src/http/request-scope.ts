import { Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app-error';
import { newId } from '../ids/ids';
import { currentLogContext, withLogContext } from '../logging/log-context';
import { ServiceState } from './service-state';

/** What the edge knows about a request while it is served. */
class RequestScope {
  private controller: AbortController | undefined;
  private reason: Error | undefined;

  constructor(readonly requestId: string) {}

  /** Made when somebody asks for it: few handlers wait for anything. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.reason) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  abort(reason: Error): void {
    this.reason ??= reason;
    this.controller?.abort(reason);
  }
}

const scopes = new WeakMap<Request, RequestScope>();
/** Ids that may stand in a header and a log line as they are. */
const SANE_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Opens the scope of each request: its id (the caller's if sane, else a new one), echoed and put into the log context
 * with the `traceparent`; its abort signal; and `Connection: close` on every response from the moment of draining, so
 * that keep-alive clients leave before the socket closes under their next request.
 */
export function requestScope(state: ServiceState): RequestHandler {
  return (req, res, next) => {
    const scope = new RequestScope(saneRequestId(req.get('x-request-id')));
    scopes.set(req, scope);
    res.setHeader('X-Request-Id', scope.requestId);
    const unsubscribe = state.onDrain(() => {
      if (!res.headersSent) res.setHeader('Connection', 'close');
      scope.abort(new AppError('draining', 'the process is stopping', { retryAfterSeconds: 1 }));
    });
    res.once('close', () => {
      unsubscribe();
      if (!res.writableFinished) scope.abort(new Error('the client went away'));
    });
    const traceparent = req.get('traceparent');
    const trace = traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {};
    withLogContext({ request_id: scope.requestId, ...trace }, next);
  };
}

function saneRequestId(given: string | undefined): string {
  return given !== undefined && SANE_ID.test(given) ? given : newId('req');
}

/** The id of this request, as in `X-Request-Id`. */
export function requestIdOf(req: Request): string {
  return scopeOf(req).requestId;
}

/**
 * Fires when nobody waits for the response any more: the client went away, or the process drains (then its reason is an
 * AppError `draining`; a long poll answers with what it has, an event stream ends and is taken up elsewhere).
 */
export function signalOf(req: Request): AbortSignal {
  return scopeOf(req).signal;
}

function scopeOf(req: Request): RequestScope {
  const scope = scopes.get(req);
  if (!scope) throw new Error('the request did not pass through createHttpApp');
  return scope;
}

/** Headers that carry the request's identity to the services called on its behalf. */
export function forwardedHeaders(): Record<string, string> {
  const { request_id: requestId, traceparent } = currentLogContext();
  return {
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** True while the response may still be written. */
export function isOpen(res: Response): boolean {
  return !res.writableEnded && !res.destroyed;
}
