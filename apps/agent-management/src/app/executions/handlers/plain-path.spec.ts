import { JsonataEvaluator } from '@aitbc/execution-engine/testing';
import fc from 'fast-check';
import { plainPath } from './plain-path';

const root = {
  inputs: { n: 1, text: 'ä', none: null, deep: { flag: false, list: [1, 2], object: { a: [3] } } },
  steps: { fetch: { status: 'completed', output: { rows: [{ id: 1 }, { id: 2 }] } } },
  and: { or: 1 },
};

describe('a plain path', () => {
  it.each([
    ['inputs.n', 1],
    [' inputs.text ', 'ä'],
    ['inputs.none', null],
    ['inputs.deep.flag', false],
    ['inputs.deep.object', { a: [3] }],
    ['steps.fetch.status', 'completed'],
    ['nobody', undefined],
    ['inputs.constructor', undefined],
    ['inputs.__proto__', undefined],
  ])('%s selects what is there', (expression, value) => {
    expect(plainPath(expression, root)).toEqual({ value });
  });

  it.each([
    'inputs.deep.list',
    'steps.fetch.output.rows.id',
    'inputs.none.x',
    'inputs.n.x',
    'and.or',
    'true',
    'nobody.true',
    'a + b',
  ])('%s is left to JSONata', (expression) => {
    expect(plainPath(expression, root)).toBeUndefined();
  });

  it('gives what JSONata gives, wherever it gives anything', async () => {
    const name = fc.constantFrom(
      'inputs',
      'steps',
      'n',
      'deep',
      'object',
      'a',
      'list',
      'fetch',
      'output',
      'rows',
      'x',
      '_b1',
    );
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.string(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    const evaluator = new JsonataEvaluator();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, json),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        async (data, path) => {
          const expression = path.join('.');
          const context = JSON.parse(JSON.stringify(data)) as never;
          const found = plainPath(expression, context);
          if (found === undefined) return;
          expect(await evaluator.evaluateAll([expression], context)).toEqual([{ ok: true, ...found }]);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
