import type { JsonObject } from '@aitbc/shared-domain';
import type { StepWait } from './execution-state';

/** What a step waits for before it starts: `config.wait_for`. */
export type StepWaitFor =
  | { readonly kind: 'signal'; readonly name: string }
  /** A length of time from the moment at which the step could start, in milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** An instant, in milliseconds since 1970. */
  | { readonly kind: 'until'; readonly at: number };

/** The longest `{seconds}`: a year. */
export const MAX_WAIT_SECONDS = 366 * 24 * 3600;
const SIGNAL_NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

export function isSignalName(name: string): boolean {
  return SIGNAL_NAME.test(name);
}

/**
 * Reads `{signal: name}`, `{seconds: n}` or `{until: RFC 3339 time}`.
 * @returns `undefined` when it is none of the three
 */
export function readWaitFor(value: unknown): StepWaitFor | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  if ('signal' in value && typeof value.signal === 'string' && isSignalName(value.signal)) {
    return { kind: 'signal', name: value.signal };
  }
  if ('seconds' in value && typeof value.seconds === 'number') return delayOf(value.seconds);
  if ('until' in value && typeof value.until === 'string') return instantOf(value.until);
  return undefined;
}

/** What the step of a stored workflow waits for; what was stored was checked. */
export function waitForOf(config: JsonObject): StepWaitFor | undefined {
  return Object.hasOwn(config, 'wait_for') ? readWaitFor(config['wait_for']) : undefined;
}

/** The wait that a step begins at `now`. */
export function beginWait(waitFor: StepWaitFor, now: number): StepWait {
  switch (waitFor.kind) {
    case 'signal':
      return { kind: 'signal', ref: waitFor.name, until: null };
    case 'delay':
      return { kind: 'timer', ref: null, until: now + waitFor.ms };
    case 'until':
      return { kind: 'timer', ref: null, until: waitFor.at };
  }
}

function delayOf(seconds: number): StepWaitFor | undefined {
  const allowed = seconds >= 0 && seconds <= MAX_WAIT_SECONDS;
  return allowed ? { kind: 'delay', ms: Math.round(seconds * 1000) } : undefined;
}

function instantOf(text: string): StepWaitFor | undefined {
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : { kind: 'until', at };
}
