/** What came of one attempt: a status, or the reason why there is none. */
export type AttemptResult =
  { readonly status: number; readonly retryAfterMs: number | undefined } | { readonly error: string };

/** What follows from it for the delivery and its webhook. */
export interface AttemptOutcome {
  readonly status: 'succeeded' | 'retrying' | 'dead';
  readonly statusCode: number | null;
  /** Null when it succeeded. */
  readonly error: string | null;
  /** When it is tried again (ms); null when it is not. */
  readonly nextAttemptAt: number | null;
  /** The receiver wants no more: 410. */
  readonly gone: boolean;
  /** Until when the receiver wants to be left alone altogether (ms): `Retry-After` of 429 and 503. */
  readonly pausedUntil: number | null;
}

export interface RetryRules {
  /** Milliseconds between the attempts; after the last one there is none. */
  readonly schedule: readonly number[];
  readonly now: number;
  /** 0 to 1. */
  readonly random: () => number;
}

const GONE = 410;
const ASKS_FOR_REST: ReadonlySet<number> = new Set([429, 503]);
/** A receiver that asks for a longer rest is asked again after this. */
const LONGEST_REST_MS = 86_400_000;
/** How much later than the schedule says a retry may come, as a share of its delay. */
const JITTER = 0.2;

/**
 * The rules of Standard Webhooks 1.0.0 (“Delivery success and failure”, “Deliverability and reliability”): 2xx succeeds,
 * 410 ends the subscription, everything else, redirects included, is a failure. Retries are never earlier than the schedule
 * or `Retry-After` say, and by chance a little later, so that what failed together does not come back together.
 *
 * @param attempt number of the attempt that was made, from 1
 */
export function outcomeOf(
  result: AttemptResult,
  attempt: number,
  { schedule, now, random }: RetryRules,
): AttemptOutcome {
  const statusCode = 'status' in result ? result.status : null;
  const failed = { statusCode, error: describe(result), gone: statusCode === GONE, pausedUntil: null };
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) {
    return { ...failed, status: 'succeeded', error: null, nextAttemptAt: null };
  }
  const restMs = Math.min('status' in result ? (result.retryAfterMs ?? 0) : 0, LONGEST_REST_MS);
  const pausedUntil = restMs > 0 && ASKS_FOR_REST.has(statusCode ?? 0) ? now + restMs : null;
  const delayMs = schedule[attempt - 1];
  if (failed.gone || delayMs === undefined) return { ...failed, status: 'dead', nextAttemptAt: null, pausedUntil };
  const waitMs = Math.max(delayMs * (1 + JITTER * random()), restMs);
  return { ...failed, status: 'retrying', nextAttemptAt: Math.ceil(now + waitMs), pausedUntil };
}

function describe(result: AttemptResult): string {
  return 'status' in result ? `answered ${result.status}` : result.error;
}
