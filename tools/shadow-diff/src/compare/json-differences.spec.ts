import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { jsonDifferences } from './json-differences';

/** The same value with the keys of its objects in another order. */
function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, turn)] as const);
  const at = entries.length === 0 ? 0 : turn % entries.length;
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
}

/** As it is when it has been sent. */
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

describe('JSON values', () => {
  it('are equal whatever the order of their keys', () => {
    fc.assert(
      fc.property(json, fc.nat(20), (value, turn) => {
        expect(jsonDifferences(value, shuffled(value, turn))).toEqual([]);
      }),
    );
  });

  it('differ exactly when Node says so', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(jsonDifferences(one, other).length === 0).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });

  it('differ in the opposite way when they are exchanged', () => {
    const opposite: Record<string, string> = { 'missing-field': 'added-field', 'added-field': 'missing-field' };
    fc.assert(
      fc.property(json, json, (one, other) => {
        const there = jsonDifferences(one, other).map(({ kind, pointer }) => `${opposite[kind] ?? kind} ${pointer}`);
        const back = jsonDifferences(other, one).map(({ kind, pointer }) => `${kind} ${pointer}`);
        expect(back.sort()).toEqual(there.sort());
      }),
    );
  });
});
