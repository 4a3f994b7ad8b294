/** What a figure must reach: a number, or a share of another figure of the same run. */
export type Bar = { readonly atMost: number } | { readonly atLeast: number; readonly of?: string };

export type Verdict = 'ok' | 'below bar' | 'not judged';

/** Medians by the id of the figure (`express-get.rate`). */
export type Medians = ReadonlyMap<string, number>;

/** The number behind the bar; `undefined` when the figure that it is a share of was not measured. */
export function limitOf(bar: Bar, medians: Medians): number | undefined {
  if ('atMost' in bar) return bar.atMost;
  if (bar.of === undefined) return bar.atLeast;
  const reference = medians.get(bar.of);
  return reference === undefined ? undefined : bar.atLeast * reference;
}

/** Whether the value reaches the bar; a value on the bar does. */
export function judge(value: number, bar: Bar, medians: Medians): Verdict {
  const limit = limitOf(bar, medians);
  if (limit === undefined) return 'not judged';
  const reached = 'atMost' in bar ? value <= limit : value >= limit;
  return reached ? 'ok' : 'below bar';
}

/** `≥ 0.3 × express-get.rate`. */
export function barText(bar: Bar): string {
  if ('atMost' in bar) return `≤ ${bar.atMost}`;
  return bar.of === undefined ? `≥ ${bar.atLeast}` : `≥ ${bar.atLeast} × ${bar.of}`;
}
