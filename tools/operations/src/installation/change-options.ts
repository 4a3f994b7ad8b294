import { UsageError } from '@aitbc/operator-programs';
import type { ChangeOptions } from './change-releases';
import type { JournalEntry } from './journal';

/** Of every program that changes releases, for `parseArgs`. */
export const CHANGE_OPTIONS = {
  root: { type: 'string' },
  timeout: { type: 'string', default: '60' },
  settle: { type: 'string', default: '2' },
  keep: { type: 'string', default: '3' },
} as const;

export const CHANGE_USAGE = `  --root     of the installation; default: AITBC_ROOT, or /
  --timeout  seconds until a service must be ready; default 60
  --settle   seconds that it must stay ready then; default 2
  --keep     releases of each application that stay on the disk, at least 2; default 3`;

interface Values {
  readonly timeout: string;
  readonly settle: string;
  readonly keep: string;
}

/** @throws UsageError when one is no number, or too small */
export function changeOptions(action: JournalEntry['action'], { timeout, settle, keep }: Values): ChangeOptions {
  return {
    action,
    timeoutMs: number('timeout', timeout, 1) * 1_000,
    settleMs: number('settle', settle, 0) * 1_000,
    // What serves, and what a rollback returns to.
    keep: number('keep', keep, 2),
  };
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least)
    throw new UsageError(`--${name} ${text}: not a number from ${least} on`);
  return value;
}
