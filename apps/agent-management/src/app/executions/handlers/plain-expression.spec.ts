import { JsonataEvaluator } from '@aitbc/execution-engine/testing';
import fc from 'fast-check';
import { plainExpression } from './plain-expression';

const root = { n: 4, price: 2.5, text: 'ä', none: null, deep: { n: 7, list: [1, 2] } };

describe('a plain expression', () => {
  it.each([
    ['n + 1', 5],
    [' n*2 - deep.n ', 1],
    ['1 + n * price', 11],
    ['n - 1 - 1', 2],
    ['n / 8', 0.5],
    ['0.5', 0.5],
    ['n -1', 3],
    ['text', 'ä'],
    ['nobody', undefined],
    [`{ 'total': n }`, { total: 4 }],
    [`{"a": n + 1, 'b c': {'d': text}, "none": none, "left": nobody}`, { a: 5, 'b c': { d: 'ä' }, none: null }],
  ])('%s is evaluated here', (expression, value) => {
    expect(plainExpression(expression, root)).toEqual({ value });
  });

  it.each([
    'text + 1',
    'nobody + 1',
    'n / 0',
    'n % 2',
    '-n',
    '(n)',
    '01',
    '1.n',
    '1e3',
    'n n',
    'n +',
    'deep.list',
    'deep.*',
    'deep . n',
    '$n',
    'n > 1',
    'n & 1',
    '{}',
    `{'a': 1, 'a': 2}`,
    `{'__proto__': 1}`,
    `{'a\\n': 1}`,
    `{n: 1}`,
    `{'a': deep.list}`,
    `{'a': 1}.a`,
    `{'a': 1`,
    'true',
    '',
    `n${' '.repeat(500)}`,
  ])('%s is left to JSONata', (expression) => {
    expect(plainExpression(expression, root)).toBeUndefined();
  });

  it('is none where the data are no object', () => {
    for (const data of [[{ n: 1 }], 1, null, 'n']) expect(plainExpression('n', data)).toBeUndefined();
  });

  it('gives what JSONata gives, wherever it gives anything', async () => {
    const name = fc.constantFrom('n', 'm', 'deep', 'list', 'and', 'true', 'x');
    const leaf = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -1_000, max: 1_000 }) },
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, 'text', [1], 1e308),
    );
    const member = fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: fc.dictionary(name, leaf) });
    const data = fc.dictionary(name, member, { minKeys: 4 });
    const space = fc.constantFrom('', ' ', '\n ');
    const atom = fc.oneof(
      { weight: 5, arbitrary: name },
      { weight: 2, arbitrary: fc.array(name, { minLength: 1, maxLength: 2 }).map((path) => path.join('.')) },
      { weight: 5, arbitrary: fc.constantFrom('0', '1', '2.5', '10', '3', '9007199254740993') },
      { weight: 1, arbitrary: fc.constantFrom('007', '1.', '.5', '1e3') },
    );
    const operator = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('+', '-', '*', '/') },
      { weight: 1, arbitrary: fc.constantFrom('%', '&') },
    );
    const sum = fc
      .array(fc.tuple(operator, space, atom), { maxLength: 4 })
      .chain((rest) =>
        atom.map((first) => rest.reduce((all, [op, gap, next]) => `${all}${gap}${op}${gap}${next}`, first)),
      );
    const key = fc.constantFrom(`'a'`, `"b"`, `'a b'`, 'a', `'__proto__'`, `''`);
    const object = fc
      .array(fc.tuple(key, sum, space), { maxLength: 3 })
      .map((members) => `{${members.map(([name, value, gap]) => `${gap}${name}${gap}:${value}`).join(',')}}`);
    const evaluator = new JsonataEvaluator();
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(data, fc.oneof(sum, object), async (given, expression) => {
        const context = JSON.parse(JSON.stringify(given)) as never;
        const found = plainExpression(expression, context);
        if (found === undefined) return;
        plain += 1;
        const text = JSON.stringify([{ ok: true, ...found }]);
        expect(JSON.stringify(await evaluator.evaluateAll([expression], context))).toBe(text);
      }),
      { numRuns: 4_000 },
    );
    expect(plain).toBeGreaterThan(400);
  });
});
