/**
 * The `updatedAt` of a change at `now` (ms) to what was changed last at `previous`: always later than it, even within
 * one millisecond or when the clock has been set back. It is what ETags are made of, so that two versions of an object
 * must not have the same.
 */
export function nextUpdate(previous: number, now: number): number {
  return Math.max(now, previous + 1);
}
