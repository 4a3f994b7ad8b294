/** How an answer of the service may differ from the release's; the README says what each means. */
export type DifferenceKind =
  | 'status'
  | `header:${string}`
  | 'missing-field'
  | 'added-field'
  | 'changed-type'
  | 'changed-value'
  | 'length'
  | 'body'
  | 'unanswered';

/** One way in which two answers differ. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Where in the body: a JSON pointer with `*` for indexes and ids; empty for the whole. */
  readonly pointer: string;
  /** What the release has there; `undefined` for nothing. */
  readonly release: unknown;
  /** What the service has there. */
  readonly service: unknown;
}

/** Differences of one key are the same one, met again. */
export function keyOf({ kind, pointer }: Pick<Difference, 'kind' | 'pointer'>): string {
  return `${kind} ${pointer}`;
}

/** The first of each key: a field that is gone from fifty items is one difference. */
export function distinct(differences: readonly Difference[]): Difference[] {
  const found = new Map<string, Difference>();
  for (const difference of differences) {
    if (!found.has(keyOf(difference))) found.set(keyOf(difference), difference);
  }
  return [...found.values()];
}
