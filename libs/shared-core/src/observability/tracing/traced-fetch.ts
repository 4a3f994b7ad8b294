import { currentTrace, type TraceContext, traceparentOf } from './trace-context';
import { type Attributes, type Tracer, traced } from './tracer';

/** A request to another service. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  /** The path with names in the place of ids, as far as it is known: it names the span. */
  readonly template?: string | undefined;
  /** How often it was sent before. */
  readonly resends?: number;
}

/**
 * Sends a request that carries the trace on, in a span of the HTTP client that ends with the head of the response.
 * Whoever reads a stream reads on after it.
 * @param send adds these headers to its own
 */
export function tracedFetch(
  tracer: Tracer,
  request: OutgoingRequest,
  send: (headers: Readonly<Record<string, string>>) => Promise<Response>,
): Promise<Response> {
  if (!tracer.enabled) return send(headersOf(currentTrace()));
  const { method, template } = request;
  const name = template === undefined ? method : `${method} ${template}`;
  return traced(tracer, { name, kind: 'client', attributes: attributesOf(request) }, async (span) => {
    const response = await send(headersOf(span.context));
    span.set({ 'http.response.status_code': response.status });
    if (response.status >= 400) span.fail(String(response.status));
    return response;
  });
}

function headersOf(trace: TraceContext | undefined): Readonly<Record<string, string>> {
  return trace ? { traceparent: traceparentOf(trace) } : NO_HEADERS;
}

const NO_HEADERS: Readonly<Record<string, string>> = {};

/** https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span */
function attributesOf({ method, url, template, resends = 0 }: OutgoingRequest): Attributes {
  return {
    'http.request.method': method,
    'url.full': withoutSecrets(url),
    'url.template': template,
    ...serverAttributes(url),
    'http.request.resend_count': resends > 0 ? resends : undefined,
  };
}

/** Address and port of a service, as far as its URL tells. */
export function serverAttributes(url: string): Attributes {
  if (!URL.canParse(url)) return {};
  const { hostname, port, protocol } = new URL(url);
  return { 'server.address': hostname, 'server.port': Number(port || (protocol === 'https:' ? 443 : 80)) };
}

/** Neither a name and password nor a query, which may hold a key. */
function withoutSecrets(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  Object.assign(url, { username: '', password: '', search: '', hash: '' });
  return url.href;
}
