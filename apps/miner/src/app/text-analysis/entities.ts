import type { ReadText } from './text-reader';

export interface Entities {
  /** How many of each type, as wink-nlp finds them: dates, times, amounts, numbers, addresses; no names of people. */
  readonly counts: Readonly<Record<string, number>>;
  /** Distinct ones, most frequent first, then by first appearance; at most 200. */
  readonly items: readonly { readonly type: string; readonly value: string; readonly count: number }[];
}

const MAX_ITEMS = 200;

/** The named entities of the text with their counts. */
export function listEntities(text: ReadText): Entities {
  const counts = new Map<string, number>();
  const items = new Map<string, { type: string; value: string; count: number }>();
  for (const { type, value } of text.entities) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    const item = items.get(`${type} ${value}`) ?? { type, value, count: 0 };
    item.count += 1;
    items.set(`${type} ${value}`, item);
  }
  const sorted = [...items.values()].sort((a, b) => b.count - a.count);
  return {
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    items: sorted.slice(0, MAX_ITEMS),
  };
}
