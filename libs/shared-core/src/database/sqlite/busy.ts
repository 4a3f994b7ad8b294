import { setTimeout as delay } from 'node:timers/promises';
import { databaseBusy } from '../database-errors';
import { driverCode } from '../sql-errors';

/** Another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return driverCode(error) === 'SQLITE_BUSY';
}

/** 1 or 2 ms: short enough to hit the other process's pause of 3 ms, uneven so that two waiters fall out of step. */
export async function busyPause(): Promise<void> {
  await delay(1 + Math.round(Math.random()));
}

/** Repeats `attempt` while the file is locked; throws `dependency_unavailable` after `patienceMs`. */
export async function retryWhileBusy<T>(patienceMs: number, attempt: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - started >= patienceMs) throw databaseBusy(patienceMs, error);
      await busyPause();
    }
  }
}

/** Errors after which SQLite may have rolled the whole transaction back by itself (https://sqlite.org/lang_transaction.html). */
const ENDS_TRANSACTION = new Set([
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_INTERRUPT',
  'SQLITE_IOERR',
  'SQLITE_NOMEM',
  'SQLITE_CORRUPT',
  'SQLITE_READONLY',
]);

export function endsTransaction(error: unknown): boolean {
  return ENDS_TRANSACTION.has(driverCode(error) ?? '');
}
