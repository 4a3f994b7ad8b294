/** Of the small text in the chart: wider than nearly every letter of a sans-serif face of 11 px. */
const CHARACTER_WIDTH = 6.6;
const GAP = 6;

export function textWidth(text: string): number {
  return text.length * CHARACTER_WIDTH;
}

/** The text if it fits into that width, as much of it as still says something, or nothing. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const room = Math.floor(width / CHARACTER_WIDTH) - 1;
  return room < 8 ? '' : `${text.slice(0, room).trimEnd()}…`;
}

/** A label with its middle at `x`. */
export interface PlacedLabel {
  readonly x: number;
  readonly row: number;
  readonly text: string;
}

interface Cluster {
  readonly first: number;
  readonly last: number;
  readonly x: number;
  readonly text: string;
}

/**
 * Labels for points from left to right that do not overlap, between `left` and `right`: their names, on `rows` rows, if
 * all find room there; otherwise their numbers from 1, on one row, where neighbours that would touch share one label.
 */
export function placeLabels(
  points: readonly { readonly x: number; readonly name: string }[],
  { left, right, rows }: { readonly left: number; readonly right: number; readonly rows: number },
): PlacedLabel[] {
  const within = (x: number, text: string) => {
    const half = textWidth(text) / 2;
    return Math.max(left + half, Math.min(right - half, x));
  };
  const named = points.map(({ x, name }) => ({ x: within(x, name), text: name }));
  return (
    onRows(named, rows) ??
    numbered(
      points.map(({ x }) => x),
      within,
    )
  );
}

/** `undefined` when they do not all fit. */
function onRows(
  labels: readonly { readonly x: number; readonly text: string }[],
  rows: number,
): PlacedLabel[] | undefined {
  const ends = Array.from({ length: rows }, () => -Infinity);
  const placed: PlacedLabel[] = [];
  for (const label of labels) {
    const half = textWidth(label.text) / 2;
    const row = ends.findIndex((end) => end + GAP <= label.x - half);
    if (row < 0) return undefined;
    ends[row] = label.x + half;
    placed.push({ ...label, row });
  }
  return placed;
}

function numbered(xs: readonly number[], within: (x: number, text: string) => number): PlacedLabel[] {
  const clusterOf = (first: number, last: number): Cluster => {
    const text = first === last ? String(first + 1) : `${first + 1}–${last + 1}`;
    return { first, last, text, x: within(((xs[first] ?? 0) + (xs[last] ?? 0)) / 2, text) };
  };
  const clusters: Cluster[] = [];
  for (const index of xs.keys()) {
    let next = clusterOf(index, index);
    // A label that has grown may reach the one before it.
    for (let before = clusters.at(-1); before && touch(before, next); before = clusters.at(-1)) {
      clusters.pop();
      next = clusterOf(before.first, next.last);
    }
    clusters.push(next);
  }
  return clusters.map(({ x, text }) => ({ x, row: 0, text }));
}

function touch(before: Cluster, after: Cluster): boolean {
  return after.x - before.x < (textWidth(before.text) + textWidth(after.text)) / 2 + GAP;
}
