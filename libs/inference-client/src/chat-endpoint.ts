import {
  backoffDelay,
  noTracer,
  pause,
  readText,
  retryAfterMs,
  traced,
  tracedFetch,
  type Tracer,
} from '@aitbc/shared-core';
import {
  addTokens,
  asRecord,
  type ChatAnswer,
  type ChatCompletion,
  NO_TOKENS,
  readCompletion,
  type TokenCounts,
  tokenCounts,
  type TokenSum,
  UnusableAnswer,
} from './chat-completion';
import { chatSpan, tellCompletion } from './chat-span';
import { readStream } from './chat-stream';
import { SilenceLimit } from './silence-limit';

/** No try has succeeded. */
export class EndpointFailure extends Error {
  constructor(
    message: string,
    /** What the tries have used all the same, as far as the endpoint told. */
    readonly wasted: TokenSum,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The endpoint refuses the request itself: sending it again cannot help. */
export class RefusedByEndpoint extends EndpointFailure {}

export interface ChatEndpointOptions {
  /** E.g. `http://127.0.0.1:11434/v1`, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** For one try; for one that streams, the longest silence. */
  readonly timeoutMs: number;
  /** Tries in all. */
  readonly attempts: number;
  /** First pause between tries; doubles up to 30 s. */
  readonly retryDelayMs: number;
  /** Is told of each call that is part of a trace; by default nobody is. */
  readonly tracer?: Tracer;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly [parameter: string]: unknown;
}

const MAX_LIST_BYTES = 8 * 1024 * 1024;
const MAX_RETRY_DELAY_MS = 30_000;
/** What an endpoint says to a request that will not get better: wrong parameters, an unknown model, too long. */
const BAD_REQUEST_STATUS = new Set([400, 404, 413, 422]);

/** An OpenAI-compatible endpoint. The key goes to its own address only: redirects are refused. */
export class ChatEndpoint {
  constructor(private readonly options: ChatEndpointOptions) {}

  /** Names of the models that it offers; `undefined` when it answers but keeps no such list. @throws Error when it does not answer. */
  async models(signal: AbortSignal): Promise<string[] | undefined> {
    const response = await this.send('/models', {}, this.limited(signal));
    const text = await readText(response, MAX_LIST_BYTES);
    if ([404, 405, 501].includes(response.status)) return undefined;
    if (!response.ok) throw new Error(`GET /models answered ${response.status}`);
    return parseModels(JSON.parse(text));
  }

  /**
   * One completion. Network errors, 429 and 5xx are tried again with back-off, as `Retry-After` says when it is there.
   * @param idempotencyKey sent as `Idempotency-Key` with each try, for endpoints that make what they are asked once only.
   * @throws RefusedByEndpoint when the endpoint refuses the request itself; EndpointFailure when every try failed; the
   *   signal's reason.
   */
  complete(request: ChatRequest, signal: AbortSignal, idempotencyKey?: string): Promise<ChatCompletion> {
    return this.inSpan(request, false, () =>
      this.untilDone(signal, (resends) =>
        this.tryOnce({ body: request, idempotencyKey, resends }, signal, this.limited(signal), readCompletion),
      ),
    );
  }

  /**
   * One completion whose text is given while it comes. Tried again like {@link complete}, until the first piece has been
   * given: nothing takes that back. The time-out bounds each silence, not the whole.
   * @param onText gets each piece, none of them empty; together they are the text.
   * @throws RefusedByEndpoint; EndpointFailure when every try failed, or the endpoint broke off; the signal's reason.
   */
  stream(request: ChatRequest, signal: AbortSignal, onText: (text: string) => void): Promise<ChatCompletion> {
    const streamed = { ...request, stream: true, stream_options: { include_usage: true } };
    let begun = false;
    const give = (text: string): void => {
      begun = true;
      onText(text);
    };
    const tryOnce = async (resends: number): Promise<TryOutcome> => {
      const silence = new SilenceLimit(this.options.timeoutMs);
      const limited = AbortSignal.any([signal, silence.signal]);
      const read = (response: Response) => readStream(response, give, silence.heard);
      const outcome = await this.tryOnce({ body: streamed, resends }, signal, limited, read).finally(() =>
        silence.end(),
      );
      return begun && !outcome.done ? { ...outcome, retryable: false } : outcome;
    };
    return this.inSpan(request, true, () => this.untilDone(signal, tryOnce));
  }

  private inSpan(request: ChatRequest, stream: boolean, call: () => Promise<ChatCompletion>): Promise<ChatCompletion> {
    const { tracer = noTracer, baseUrl } = this.options;
    if (!tracer.enabled) return call();
    return traced(tracer, chatSpan(request, baseUrl, stream), async (span) => {
      const completion = await call();
      tellCompletion(span, completion);
      return completion;
    });
  }

  private async untilDone(
    signal: AbortSignal,
    tryOnce: (resends: number) => Promise<TryOutcome>,
  ): Promise<ChatCompletion> {
    let wasted = NO_TOKENS;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await tryOnce(attempt - 1);
      if (outcome.done) return { ...outcome.answer, wasted };
      wasted = addTokens(wasted, outcome.counts ?? {});
      if (outcome.refused) throw new RefusedByEndpoint(outcome.message, wasted);
      if (!outcome.retryable || attempt >= this.options.attempts) {
        throw new EndpointFailure(outcome.message, wasted, { cause: outcome.cause });
      }
      const backoff = backoffDelay(attempt, { initialMs: this.options.retryDelayMs, maximumMs: MAX_RETRY_DELAY_MS });
      await pause(Math.min(MAX_RETRY_DELAY_MS, outcome.waitMs ?? backoff), signal);
    }
  }

  /** @param limited ends this try; `signal`, which it follows too, ends them all. */
  private async tryOnce(
    request: Sent,
    signal: AbortSignal,
    limited: AbortSignal,
    read: (response: Response) => Promise<ChatAnswer>,
  ): Promise<TryOutcome> {
    let response: Response;
    try {
      response = await this.send('/chat/completions', request, limited);
      if (response.ok) return { done: true, answer: await read(response) };
    } catch (error) {
      signal.throwIfAborted();
      const counts = error instanceof UnusableAnswer ? error.counts : undefined;
      const message = `the inference endpoint failed: ${messageOf(error)}`;
      return { done: false, message, retryable: true, counts, cause: error };
    }
    const { text, counts } = await errorBody(response);
    const { status } = response;
    return {
      done: false,
      message: `the inference endpoint answered ${status}: ${text}`,
      refused: BAD_REQUEST_STATUS.has(status),
      retryable: status === 429 || status >= 500,
      counts,
      waitMs: retryAfterMs(response),
    };
  }

  private limited(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.options.timeoutMs)]);
  }

  private send(path: string, { body, idempotencyKey, resends }: Partial<Sent>, signal: AbortSignal): Promise<Response> {
    const { baseUrl, apiKey, tracer = noTracer } = this.options;
    const url = `${baseUrl}${path}`;
    const method = body ? 'POST' : 'GET';
    return tracedFetch(tracer, { method, url, template: path, ...(resends && { resends }) }, (traceHeaders) =>
      fetch(url, {
        method,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
          ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
          ...traceHeaders,
        },
        body: body && JSON.stringify(body),
        redirect: 'error',
        signal,
      }),
    );
  }
}

interface Sent {
  readonly body: ChatRequest;
  readonly idempotencyKey?: string | undefined;
  /** How often it was sent before. */
  readonly resends: number;
}

type TryOutcome =
  | { readonly done: true; readonly answer: ChatAnswer }
  | {
      readonly done: false;
      readonly message: string;
      /** Nothing that may be tried again with this request. */
      readonly refused?: boolean;
      readonly retryable: boolean;
      /** What it has used all the same. */
      readonly counts: TokenCounts | undefined;
      readonly waitMs?: number | undefined;
      readonly cause?: unknown;
    };

function parseModels(body: unknown): string[] {
  const { data } = asRecord(body);
  if (!Array.isArray(data)) throw new Error('GET /models answered no list');
  return data.map((entry) => asRecord(entry)['id']).filter((id) => typeof id === 'string');
}

/** The endpoint's own words, cut short: they go to the client of the job. Some count what a failure has used. */
async function errorBody(response: Response): Promise<{ text: string; counts: TokenCounts | undefined }> {
  const text = await readText(response, 64 * 1024).catch(() => '');
  return { text: text.slice(0, 300), counts: countsIn(text) };
}

function countsIn(text: string): TokenCounts | undefined {
  try {
    return tokenCounts(asRecord(JSON.parse(text))['usage']);
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
