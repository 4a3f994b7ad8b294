import type { Difference } from './compare/difference';

/** A difference that is meant to be, and why. */
export interface Allowance {
  /** As the report names it, or `*` for every route. */
  readonly route: string;
  readonly kind: string;
  /** As the report names it; without it, anywhere in the body. */
  readonly pointer?: string;
  readonly reason: string;
}

const FIELDS = new Set(['route', 'kind', 'pointer', 'reason']);

/** @throws Error that says which entry is wrong, and why. */
export function parseAllowList(text: string): Allowance[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new Error('it is no list');
  return list.map((entry: unknown, index) => {
    const fault = faultOf(Object(entry) as Readonly<Record<string, unknown>>);
    if (fault !== undefined) throw new Error(`entry ${index}: ${fault}`);
    return entry as Allowance;
  });
}

/** Why this difference is allowed; `undefined` when nobody said so. */
export function allowedBecause(
  allowances: readonly Allowance[],
  route: string,
  { kind, pointer }: Pick<Difference, 'kind' | 'pointer'>,
): string | undefined {
  return allowances.find(
    (each) =>
      (each.route === '*' || each.route === route) &&
      each.kind === kind &&
      (each.pointer === undefined || each.pointer === pointer),
  )?.reason;
}

function faultOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const unknown = Object.keys(entry).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) return `'${unknown}' means nothing here`;
  for (const name of ['route', 'kind', 'reason']) {
    const value = entry[name];
    if (typeof value !== 'string' || value.trim() === '') return `'${name}' must be a text`;
  }
  const { pointer } = entry;
  return pointer === undefined || typeof pointer === 'string' ? undefined : "'pointer' must be a text";
}
