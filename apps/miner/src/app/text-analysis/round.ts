/** Rounded to four decimals: a result carries no digits that mean nothing. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** `part / whole`, and 0 for an empty whole. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : round(part / whole);
}
