import { AsyncLocalStorage } from 'node:async_hooks';
import { Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app-error';
import { newId } from '../ids/ids';
import { currentLogContext, type LogContext, withLogContext } from '../logging/log-context';
import { currentTraceparent, noTracer, traceFields, type Tracer } from '../observability/tracing';
import { beginTrace } from './request-trace';
import { ServiceState } from './service-state';

/** What the edge knows about a request while it is served. */
class RequestScope {
  private controller: AbortController | undefined;
  private reason: Error | undefined;

  constructor(
    readonly requestId: string,
    readonly logContext: LogContext,
  ) {}

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
const answers = new AsyncLocalStorage<Response>();
/** Ids that may stand in a header and a log line as they are. */
const SANE_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * Opens the scope of each request: its id (the caller's if sane, else a new one), echoed and put into the log context
 * with its place in a trace; its abort signal; and `Connection: close` on every response from the moment of draining, so
 * that keep-alive clients leave before the socket closes under their next request.
 */
export function requestScope(state: ServiceState, tracer: Tracer = noTracer): RequestHandler {
  return (req, res, next) => {
    const requestId = saneRequestId(req.get('x-request-id'));
    const trace = beginTrace(req, res, requestId, tracer);
    const scope = new RequestScope(requestId, { request_id: requestId, ...traceFields(trace) });
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
    answers.run(res, () => withLogContext(scope.logContext, next));
  };
}

function saneRequestId(given: string | undefined): string {
  return given !== undefined && SANE_ID.test(given) ? given : newId('req');
}

/** The id of this request, as in `X-Request-Id`. */
export function requestIdOf(req: Request): string {
  return scopeOf(req).requestId;
}

/** What the log lines of this request carry, for events of its socket, which know nothing of it. */
export function logContextOf(req: Request): LogContext {
  return scopeOf(req).logContext;
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

/**
 * Sets a header of the answer to the request that is being served, for code that knows nothing of HTTP otherwise. Outside
 * of requests, and when the answer has begun, nothing happens.
 */
export function setAnswerHeader(name: string, value: string): void {
  const res = answers.getStore();
  if (res && !res.headersSent) res.setHeader(name, value);
}

/** Headers that carry the request's identity to the services called on its behalf. */
export function forwardedHeaders(): Record<string, string> {
  const { request_id: requestId } = currentLogContext();
  const traceparent = currentTraceparent();
  return {
    ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** True while the response may still be written. */
export function isOpen(res: Response): boolean {
  return !res.writableEnded && !res.destroyed;
}
