import type { Request, Response } from 'express';
import { type Attributes, parseTraceparent, type TraceContext, type Tracer } from '../observability/tracing';
import { isProbe, knownMethod, routeOf } from './request-facts';

/**
 * Begins the span of a request, in the caller's trace or in a new one, which ends when the response is over. Gives what
 * the request's work is a part of: without a tracer, and for probes, the caller's own span.
 */
export function beginTrace(req: Request, res: Response, requestId: string, tracer: Tracer): TraceContext | undefined {
  const parent = parseTraceparent(req.get('traceparent'));
  if (!tracer.enabled || isProbe(req)) return parent;
  const method = knownMethod(req) ?? 'HTTP';
  const span = tracer.start({ name: method, kind: 'server', parent, attributes: attributesOf(req, requestId) });
  res.once('close', () => {
    const route = routeOf(req);
    if (route !== 'unmatched') {
      span.rename(`${method} ${route}`);
      span.set({ 'http.route': route });
    }
    if (res.headersSent) span.set({ 'http.response.status_code': res.statusCode });
    // Who leaves an event stream has got what it wanted; who leaves before the answer has not.
    if (!res.headersSent) span.fail('client_closed');
    else if (res.statusCode >= 500) span.fail(String(res.statusCode));
    span.end();
  });
  return span.context;
}

/**
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span, without the query and the client's
 * address: the one may hold what should not be kept, the other is personal.
 */
function attributesOf(req: Request, requestId: string): Attributes {
  const method = knownMethod(req);
  return {
    'http.request.method': method ?? '_OTHER',
    'http.request.method_original': method === undefined ? req.method : undefined,
    'url.scheme': req.protocol,
    'url.path': req.path,
    'server.address': req.hostname,
    'server.port': portOf(req),
    'network.protocol.version': req.httpVersion,
    'user_agent.original': req.get('user-agent'),
    'aitbc.request.id': requestId,
  };
}

/** As the client has addressed it; `undefined` for the usual one. */
function portOf(req: Request): number | undefined {
  const [, port] = /:(\d{1,5})$/.exec(req.get('host') ?? '') ?? [];
  return port === undefined ? undefined : Number(port);
}
