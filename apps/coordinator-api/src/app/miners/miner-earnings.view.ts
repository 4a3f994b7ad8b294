import { fromUnits, timeText } from '@aitbc/shared-core';
import type { DayEarnings, Period } from './miner-earnings.store';

const DAY_MS = 86_400_000;

/** Totals, and the same money by kind of job and by UTC day; all of it out of one reading, so the parts add up. */
export function earningsView(minerId: string, { from, to }: Period, earned: readonly DayEarnings[]) {
  const byType = Map.groupBy(earned, ({ serviceType }) => serviceType);
  const byDay = Map.groupBy(earned, ({ day }) => day);
  return {
    miner_id: minerId,
    from: timeText(from ?? null),
    to: timeText(to ?? null),
    ...sumOf(earned),
    by_service_type: [...byType].map(([type, part]) => ({ service_type: type, ...sumOf(part) })),
    by_day: [...byDay].map(([day, part]) => ({ day: dateOf(day), ...sumOf(part) })),
  };
}

/** Added up in whole units. */
function sumOf(parts: readonly DayEarnings[]) {
  const count = parts.reduce((sum, { jobs }) => sum + jobs, 0);
  const units = parts.reduce((sum, part) => sum + part.units, 0);
  return { count, total: fromUnits(units) };
}

/** `2026-01-31` */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
