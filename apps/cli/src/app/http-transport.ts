import {
  backoffDelay,
  BodyTooLarge,
  pause,
  readText,
  reasonOf,
  type ReceivedEvent,
  retryAfterMs,
  serverEvents,
} from '@aitbc/shared-core';
import { ApiProblem, CliError, EXIT } from './errors';
import { isRecord } from './json';
import { noAnswerError } from './no-answer';

const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Who is told to wait longer should rather be told so. */
const LONGEST_WAIT_MS = 30_000;
const DEFAULT_TRIES = 3;
/** Connections in a row that bring no event, before a stream is given up: with doubling pauses about half a minute. */
const STREAM_TRIES = 10;
const PASSING = [429, 502, 503, 504];

export interface TransportOptions {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key?: string;
  /** W3C trace context that every request belongs to. */
  readonly traceparent?: string;
  readonly timeoutMs: number;
  /** First pause before a repeated request; doubled for each further one. */
  readonly backoffMs: number;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds that the platform may hold the answer back. */
  readonly waitSeconds?: number;
  /** How often it is tried in all; 3 by default. */
  readonly tries?: number;
}

/** What one try came to: an answer, or the reason why there was none. */
type Outcome = { readonly response: Response; readonly text: string } | { readonly failure: unknown };

/** JSON over HTTP with a time limit, and with repeats where they can do no harm. */
export class HttpTransport {
  constructor(private readonly options: TransportOptions) {}

  /**
   * The body of a good answer, `undefined` when there is none.
   * @throws ApiProblem for an answer that is an error; CliError when nothing of the platform answers.
   */
  async send<T>(call: Call): Promise<T> {
    const { tries = DEFAULT_TRIES } = call;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(call);
      const delay = attempt < tries ? this.delayBeforeRepeat(call, outcome, attempt) : undefined;
      if (delay === undefined) return this.bodyOf(call, outcome) as T;
      await pause(delay, this.options.signal);
    }
  }

  /**
   * The events of a stream (Server-Sent Events), over as many connections as it takes: each goes on after the last event.
   * Ends when the platform says that nothing will follow (204).
   * @throws ApiProblem for an answer that is an error; CliError when nothing of the platform answers.
   */
  async *events(call: Call): AsyncGenerator<ReceivedEvent> {
    let lastId: string | undefined;
    for (let failures = 1; ; failures += 1) {
      const headers = { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) };
      const outcome = await this.opened({ ...call, headers });
      if ('response' in outcome) {
        if (outcome.response.status === 204) return;
        if (!outcome.response.ok) await this.failUnlessPassing(call, outcome.response, failures);
        for await (const event of received(outcome.response)) {
          yield event;
          lastId = event.id ?? lastId;
          failures = 0;
        }
      } else if (failures >= STREAM_TRIES) throw noAnswerError(this.options, outcome.failure);
      const { backoffMs: initialMs, signal } = this.options;
      await pause(backoffDelay(Math.max(1, failures), { initialMs, maximumMs: initialMs * 32 }), signal);
    }
  }

  /** The answer as soon as its headers are there. */
  private async opened(call: Call): Promise<{ readonly response: Response } | { readonly failure: unknown }> {
    const { signal, timeoutMs } = this.options;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException('too late', 'TimeoutError')), timeoutMs);
    try {
      const either = AbortSignal.any([signal, late.signal]);
      return { response: await fetch(this.urlOf(call), this.requestOf(call, either)) };
    } catch (failure) {
      if (signal.aborted) throw reasonOf(signal);
      return { failure };
    } finally {
      clearTimeout(timer);
    }
  }

  private async failUnlessPassing(call: Call, response: Response, failures: number): Promise<void> {
    const body = parse(await readText(response, MAX_BODY_BYTES));
    if (!PASSING.includes(response.status) || failures >= STREAM_TRIES) throw problemOf(call, response, body);
  }

  private requestOf(call: Call, signal: AbortSignal): RequestInit {
    return {
      method: call.method,
      headers: this.headersOf(call),
      body: call.body === undefined ? null : JSON.stringify(call.body),
      // The key must not follow to wherever somebody points.
      redirect: 'manual',
      signal,
    };
  }

  private async attempt(call: Call): Promise<Outcome> {
    const { signal, timeoutMs } = this.options;
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs + (call.waitSeconds ?? 0) * 1000);
    try {
      const response = await fetch(this.urlOf(call), this.requestOf(call, AbortSignal.any([signal, timeout])));
      return { response, text: await readText(response, MAX_BODY_BYTES) };
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

  private bodyOf(call: Call, outcome: Outcome): unknown {
    if ('failure' in outcome) throw noAnswerError(this.options, outcome.failure);
    const { response, text } = outcome;
    const body = parse(text);
    if (!response.ok) throw problemOf(call, response, body);
    if (response.status === 204) return undefined;
    if (body === undefined) throw new CliError(`${this.options.url} is no AITBC platform: no JSON.`, EXIT.unavailable);
    return body;
  }

  private urlOf({ path, query = {} }: Call): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    return `${this.options.url}${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
  }

  private headersOf({ body, headers = {} }: Call): Record<string, string> {
    const { key, traceparent } = this.options;
    return {
      accept: 'application/json',
      ...(key !== undefined && { 'x-api-key': key }),
      ...(traceparent !== undefined && { traceparent }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
  }
}

/** Events until the connection ends, however it ends. */
async function* received(response: Response): AsyncGenerator<ReceivedEvent> {
  const bytes: AsyncIterable<Uint8Array> | null = response.ok ? response.body : null;
  if (!bytes) return;
  const events = serverEvents(bytes);
  for (;;) {
    const next = await events.next().catch(() => undefined);
    if (!next || next.done) return;
    yield next.value;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf({ method, path }: Call, { status, headers }: Response, body: unknown): ApiProblem {
  if (!isRecord(body) || typeof body['title'] !== 'string') {
    const where = status >= 300 && status < 400 ? `, to ${headers.get('location') ?? 'nowhere'}` : '';
    return new ApiProblem(status, `${method} ${path} was answered with ${status}${where}, and not by the platform.`);
  }
  const { title, detail, instance, errors } = body;
  const fields = Array.isArray(errors) ? errors.filter(isFieldProblem) : [];
  // With fields, the detail only repeats the first of them.
  const text = fields.length > 0 || typeof detail !== 'string' ? title : `${title}: ${detail}`;
  const request = status >= 500 && typeof instance === 'string' ? ` (request ${instance})` : '';
  return new ApiProblem(status, `${text}${request}`, fields);
}

function isFieldProblem(value: unknown): value is { pointer: string; message: string } {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string';
}
