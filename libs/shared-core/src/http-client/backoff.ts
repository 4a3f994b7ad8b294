import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from './abort';

export interface BackoffOptions {
  readonly initialMs: number;
  readonly maximumMs: number;
}

/**
 * Milliseconds before try number `attempt` (from 1) is repeated: exponential with full jitter, so that a fleet which
 * lost its coordinator at one instant does not come back at one instant. At least half of the initial time.
 */
export function backoffDelay(attempt: number, { initialMs, maximumMs }: BackoffOptions): number {
  const ceiling = Math.min(maximumMs, initialMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(initialMs / 2 + Math.random() * (ceiling - initialMs / 2));
}

/** Milliseconds of a `Retry-After` header in seconds or as a date; `undefined` when there is none. */
export function retryAfterMs(response: Response): number | undefined {
  return retryAfterValueMs(response.headers.get('retry-after'));
}

/** The same of the header's value. */
export function retryAfterValueMs(value: string | null | undefined, now = Date.now()): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? reasonOf(signal) : error;
  }
}
