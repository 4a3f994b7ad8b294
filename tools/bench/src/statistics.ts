/**
 * The value in the middle; of an even number of values the mean of the two in the middle.
 * @throws RangeError when there are none.
 */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values');
  return (lower + upper) / 2;
}

/**
 * The smallest of the values that at least `percent` of them do not exceed (nearest rank).
 * @param percent above 0, at most 100.
 * @throws RangeError when there are none.
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = ascending(values);
  const found = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  if (found === undefined) throw new RangeError(`no percentile ${percent} of ${values.length} values`);
  return found;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
