import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { AppError } from '../errors/app-error';
import { forwardedHeaders } from '../http/request-scope';
import { noTracer, type Tracer, tracedFetch } from '../observability/tracing';
import { reasonOf, withTimeLimit } from './abort';
import { backoffDelay, pause, retryAfterMs } from './backoff';
import { templateOf } from './request-template';

export interface ServiceConnectionOptions {
  /** As errors call it: `the coordinator`. */
  readonly service: string;
  /** A token that the service accepts; asked for with each request. */
  readonly token: () => Promise<string>;
  /** Until the end of the answer (ms), of a stream until its head; default 2000. */
  readonly timeoutMs?: number;
  /** How often a request that may be repeated is sent in all, unless one has taken the whole time limit; default 3. */
  readonly tries?: number;
  /** First pause before it is repeated (ms), which doubles, with full jitter; default 100. */
  readonly backoffMs?: number;
  /** Failures in a row after which nothing is sent for a while; default 10. */
  readonly breakerFailures?: number;
  /** That while (ms); then one request, which is not held back, tries whether it has passed; default 2000. */
  readonly breakerOpenMs?: number;
  readonly tracer?: Tracer;
}

export type FetchRequest = (request: Request) => Promise<Response>;

export interface AnswerKind {
  /** Whether the answer goes on for an unknown time once its head is there. */
  readonly stream?: boolean;
}

/** A request while it is tried. */
interface Sending {
  readonly request: Request;
  readonly timeoutMs: number;
  /** The service may hold its answer back. */
  readonly held: boolean;
  readonly stream: boolean;
}

/** Repeating these does what sending them once does (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
/** Somebody in between, or a process that starts or stops: another try may find another one. */
const PASSING = new Set([429, 502, 503, 504]);
const LONGEST_BACKOFF_MS = 1_000;
const TIMEOUT_MS = 2_000;
/** What every service answers at once, and to everybody. */
const PROBE_PATH = '/health';

/**
 * HTTP to another service of the platform: with a token, a time limit, the caller's request id and trace, repeats of what
 * may be repeated, and a circuit breaker, so that a service that is away costs its callers no waiting.
 */
export class ServiceConnection {
  private readonly breaker: CircuitBreakerPolicy;

  constructor(private readonly options: ServiceConnectionOptions) {
    const failed = handleWhen((error) => !(error instanceof CallerGone));
    this.breaker = circuitBreaker(failed.orWhenResult(isPassing), {
      halfOpenAfter: options.breakerOpenMs ?? 2_000,
      breaker: new ConsecutiveBreaker(options.breakerFailures ?? 10),
    });
  }

  /**
   * Like `fetch`, for clients made by `openapi-fetch`. It throws AppError `dependency_unavailable` when there is no answer,
   * or the reason of the request's signal; whatever the service answers, good or bad, is given.
   * @param waitSeconds that the service may hold its answer back
   */
  fetch(waitSeconds = 0, { stream = false }: AnswerKind = {}): FetchRequest {
    const timeoutMs = this.timeoutMs + waitSeconds * 1_000;
    return (request) => this.send({ request, timeoutMs, held: waitSeconds > 0, stream });
  }

  private get timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS;
  }

  private async send(sending: Sending): Promise<Response> {
    const { request } = sending;
    const tries = IDEMPOTENT.has(request.method) ? (this.options.tries ?? 3) : 1;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(sending, attempt);
      const isLast = attempt >= tries;
      if (outcome instanceof Response) {
        if (isLast || !isPassing(outcome)) return outcome;
        await outcome.body?.cancel();
      } else if (isLast || !mayRepeat(outcome.cause)) throw outcome;
      await this.pauseAfter(outcome, attempt, request.signal);
    }
  }

  private async attempt(sending: Sending, attempt: number): Promise<Response | AppError> {
    try {
      if (sending.held && this.breaker.state !== CircuitState.Closed) await this.probe(sending.request);
      return await this.breaker.execute(() => this.once(sending, attempt - 1));
    } catch (cause) {
      if (cause instanceof CallerGone) throw reasonOf(sending.request.signal);
      const what = cause instanceof BrokenCircuitError ? 'has not answered for some time' : 'does not answer';
      return new AppError('dependency_unavailable', `${this.options.service} ${what}`, { cause, retryAfterSeconds: 1 });
    }
  }

  /**
   * Tries in place of a request that is held back: its answer would tell only much later that all is well, and the breaker
   * lets every other request wait for it, those of steps that submit jobs too.
   */
  private async probe({ url, signal }: Request): Promise<void> {
    const ask = async (limited: AbortSignal): Promise<Response> => {
      const answer = await fetch(new URL(PROBE_PATH, url), { signal: limited, redirect: 'error' });
      await answer.body?.cancel();
      return answer;
    };
    await this.breaker.execute(() => unlessGone(signal, () => withTimeLimit(this.timeoutMs, signal, ask)));
  }

  private async once({ request, timeoutMs, stream }: Sending, resends: number): Promise<Response> {
    const { method, url, signal } = request;
    if (signal.aborted) throw new CallerGone();
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${await this.options.token()}`);
    for (const [name, value] of Object.entries(forwardedHeaders())) headers.set(name, value);
    const send = (limited: AbortSignal) =>
      tracedFetch(this.options.tracer ?? noTracer, { method, url, template: templateOf(request), resends }, (trace) => {
        for (const [name, value] of Object.entries(trace)) headers.set(name, value);
        // No request of its own around the clone: `fetch` would not keep it, and once it is collected neither the caller's
        // abort nor the time limit reaches the connection any more (Node 24).
        return fetch(request.clone(), { headers, signal: limited, redirect: 'error' });
      });
    return unlessGone(signal, () =>
      stream ? withTimeLimit(timeoutMs, signal, send) : send(AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
    );
  }

  private pauseAfter(outcome: Response | AppError, attempt: number, signal: AbortSignal): Promise<void> {
    const { backoffMs: initialMs = 100 } = this.options;
    const asked = outcome instanceof Response ? (retryAfterMs(outcome) ?? 0) : 0;
    const own = backoffDelay(attempt, { initialMs, maximumMs: LONGEST_BACKOFF_MS });
    return pause(Math.min(LONGEST_BACKOFF_MS, Math.max(own, asked)), signal);
  }
}

/** Who has waited for the whole time limit has waited enough; and where the circuit is open, nothing is sent. */
function mayRepeat(cause: unknown): boolean {
  const hasTimedOut = (cause as { name?: unknown } | undefined)?.name === 'TimeoutError';
  return !hasTimedOut && !(cause instanceof BrokenCircuitError);
}

/** Who asked does not wait any more: no failure of the service. */
class CallerGone extends Error {}

/** What `ask` gives. @throws CallerGone in place of its error when the signal of whoever asked is aborted */
async function unlessGone<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw signal.aborted ? new CallerGone() : error;
  }
}

function isPassing(response: unknown): boolean {
  return response instanceof Response && PASSING.has(response.status);
}
