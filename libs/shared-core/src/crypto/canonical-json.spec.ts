import fc from 'fast-check';
import { canonicalJson, CanonicalJsonError } from './canonical-json';

describe('canonicalJson', () => {
  it('writes the example of RFC 8785 §3.2.2 (without its integer beyond 2^53)', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, as in RFC 8785 §3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const keys = Object.keys(JSON.parse(canonicalJson(value)) as object);
    const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(keys).toHaveLength(7);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [Number.MIN_VALUE, '5e-324'],
    [-Number.MIN_VALUE, '-5e-324'],
    [9007199254740991, '9007199254740991'],
    [333333333.33333325, '333333333.33333325'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the number %d as RFC 8785 appendix B does', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  it.each<[string, unknown, string]>([
    ['a lone high surrogate', { a: ['x', '\ud800'] }, '/a/1'],
    ['a lone surrogate in a key', { a: { 'x\udc00': 1 } }, '/a'],
    ['NaN', [NaN], '/0'],
    ['Infinity', { a: -Infinity }, '/a'],
    ['an integer beyond 2^53 - 1', { 'a/b': 2 ** 53 }, '/a~1b'],
    ['undefined in an array', [undefined], '/0'],
    ['a hole in an array', Array.of(1).concat(Array(1)), '/1'],
    ['undefined', undefined, ''],
    ['a function', { a: () => 1 }, '/a'],
    ['a BigInt', [1n], '/0'],
    ['a Date', { at: new Date(0) }, '/at'],
    ['a Map', new Map(), ''],
    ['bytes', { a: Buffer.from('x') }, '/a'],
    ['an object with toJSON', { a: { toJSON: () => 1 } }, '/a'],
  ])('refuses %s and points to it', (_name, value, pointer) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ name: 'CanonicalJsonError', pointer }));
  });

  it('refuses a cycle instead of running out of stack', () => {
    expect(() => canonicalJson(cycle)).toThrow(CanonicalJsonError);
  });

  it('gives one text for equal values, whatever the order of their keys', () => {
    const safe = fc.jsonValue({ stringUnit: 'grapheme', depthSize: 'small' }).filter(hasOnlySafeNumbers);
    fc.assert(
      fc.property(safe, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function hasOnlySafeNumbers(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(hasOnlySafeNumbers);
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
