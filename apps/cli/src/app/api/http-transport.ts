import {
  type AnswerKind,
  backoffDelay,
  BodyTooLarge,
  type FetchRequest,
  pause,
  readText,
  reasonOf,
  retryAfterMs,
  withTimeLimit,
} from '@aitbc/shared-core';
import { ApiProblem, CliError, EXIT } from '../errors';
import { isRecord } from '../json';
import { noAnswerError, type UrlOption } from './no-answer';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Who is told to wait longer should rather be told so. */
const LONGEST_WAIT_MS = 30_000;
const DEFAULT_TRIES = 3;
const PASSING = [429, 502, 503, 504];
/** What a service of the platform says of paths that are another one's. */
const NO_SUCH_ROUTE = 'there is no such route';

export interface TransportOptions {
  /** Without a slash at the end. */
  readonly url: string;
  /** By which another one is named. */
  readonly option: UrlOption;
  readonly key?: string;
  /** W3C trace context that every request belongs to. */
  readonly traceparent?: string;
  readonly timeoutMs: number;
  /** First pause before a repeated request; doubled for each further one. */
  readonly backoffMs: number;
  /** How often a request is tried in all; 3 by default. */
  readonly tries?: number;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** A request while it is tried. */
interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly stream: boolean;
  readonly signal: AbortSignal;
}

/** What one try came to: an answer, with its text unless it is a stream, or the reason why there was none. */
type Outcome = { readonly response: Response; readonly text?: string } | { readonly failure: unknown };

/** HTTP with a time limit, and with repeats where they can do no harm: what the typed clients of the platform fetch by. */
export class HttpTransport {
  constructor(private readonly options: TransportOptions) {}

  get url(): string {
    return this.options.url;
  }

  /** The same, more or less patient with a platform that is away. */
  withTries(tries: number): HttpTransport {
    return new HttpTransport({ ...this.options, tries });
  }

  /**
   * Like `fetch`, but it gives good answers of the platform only: JSON, none at all (204), or a stream if that is asked for.
   * It throws ApiProblem for an answer that is an error, CliError when nothing of the platform answers.
   * @param waitSeconds that the platform may hold its answer back
   */
  fetch(waitSeconds = 0, { stream = false }: AnswerKind = {}): FetchRequest {
    const timeoutMs = this.options.timeoutMs + waitSeconds * 1000;
    return async (request) => {
      const { method, url } = request;
      const body = request.body === null ? null : await request.text();
      const signal = AbortSignal.any([this.options.signal, request.signal]);
      return this.send({ method, url, headers: this.headersOf(request), body, timeoutMs, stream, signal });
    };
  }

  private async send(call: Call): Promise<Response> {
    const { tries = DEFAULT_TRIES } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(call);
      const delay = attempt < tries ? this.delayBeforeRepeat(call, outcome, attempt) : undefined;
      if (delay === undefined) return this.answerOf(call, outcome);
      await pause(delay, call.signal);
    }
  }

  private async attempt({ url, timeoutMs, stream, signal, ...init }: Call): Promise<Outcome> {
    signal.throwIfAborted();
    try {
      return await withTimeLimit(timeoutMs, signal, async (limited) => {
        // The key must not follow to wherever somebody points.
        const response = await fetch(url, { ...init, redirect: 'manual', signal: limited });
        return stream && response.ok ? { response } : { response, text: await readText(response, MAX_BODY_BYTES) };
      });
    } catch (failure) {
      if (signal.aborted) throw reasonOf(signal);
      return { failure };
    }
  }

  /**
   * Milliseconds, or `undefined` for an outcome to keep. A read may be repeated whatever happened to it. A write only
   * when the answer says that nothing was done (429, or 503 with a time to come back): after a broken connection it
   * may have been done.
   */
  private delayBeforeRepeat({ method }: Call, outcome: Outcome, attempt: number): number | undefined {
    const backoff = backoffDelay(attempt, { initialMs: this.options.backoffMs, maximumMs: this.options.backoffMs * 8 });
    if ('failure' in outcome) {
      return method === 'GET' && !(outcome.failure instanceof BodyTooLarge) ? backoff : undefined;
    }
    const { response } = outcome;
    if (!PASSING.includes(response.status)) return undefined;
    const asked = retryAfterMs(response);
    const nothingDone = response.status === 429 || (response.status === 503 && asked !== undefined);
    if (method !== 'GET' && !nothingDone) return undefined;
    const delay = Math.max(asked ?? 0, backoff);
    return delay <= LONGEST_WAIT_MS ? delay : undefined;
  }

  private answerOf(call: Call, outcome: Outcome): Response {
    if ('failure' in outcome) throw noAnswerError(this.options, outcome.failure);
    const { response, text } = outcome;
    if (text === undefined || response.status === 204) return response;
    const body = parse(text);
    if (!response.ok) throw problemOf(call.method, this.pathOf(call), response, body);
    if (body === undefined) throw new CliError(`${this.url} is no AITBC platform: no JSON.`, EXIT.unavailable);
    return new Response(text, response);
  }

  private pathOf({ url }: Call): string {
    return url.slice(this.url.length).replace(/\?.*$/s, '');
  }

  private headersOf(request: Request): Headers {
    const { key, traceparent } = this.options;
    const headers = new Headers(request.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    if (key !== undefined) headers.set('x-api-key', key);
    if (traceparent !== undefined) headers.set('traceparent', traceparent);
    return headers;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(method: string, path: string, { status, headers }: Response, body: unknown): ApiProblem {
  if (!isRecord(body) || typeof body['title'] !== 'string') {
    const where = status >= 300 && status < 400 ? `, to ${headers.get('location') ?? 'nowhere'}` : '';
    return new ApiProblem(status, `${method} ${path} was answered with ${status}${where}, and not by the platform.`);
  }
  const { title, detail, instance, errors } = body;
  const fields = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  // With fields, the detail only repeats the first of them.
  const text = fields.length > 0 || typeof detail !== 'string' ? title : `${title}: ${detail}`;
  const request = status >= 500 && typeof instance === 'string' ? ` (request ${instance})` : '';
  const hint = detail === NO_SUCH_ROUTE ? 'Agents may have another address than jobs: see --agent-url.' : undefined;
  return new ApiProblem(status, `${text}${request}`, fields, hint);
}

function isFieldProblem(value: unknown): value is { pointer: string; message: string } {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string';
}
