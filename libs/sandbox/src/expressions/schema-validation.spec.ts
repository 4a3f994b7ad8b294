import { PATIENT } from '../testing/processes';
import { ExpressionPool } from './expression-pool';

describe('validateSchema', () => {
  const pool = new ExpressionPool({ size: 1, ...PATIENT });
  beforeAll(() => pool.evaluate('1', { root: {} }));
  afterAll(() => pool.close());

  it('says which parts of a value break the schema', async () => {
    const schema = {
      type: 'object',
      required: ['id', 'toString'],
      properties: {
        list: { type: 'array', prefixItems: [{ type: 'string', format: 'date-time' }] },
        'a/b': { type: 'number' },
      },
    };
    const verdict = await pool.validateSchema(schema, { list: ['soon'], 'a/b': 'x' });
    expect(verdict.valid).toBe(false);
    expect(verdict.errors).toEqual(
      expect.arrayContaining([
        { pointer: '', message: "must have required property 'id'" },
        { pointer: '', message: "must have required property 'toString'" },
        { pointer: '/list/0', message: 'must match format "date-time"' },
        { pointer: '/a~1b', message: 'must be number' },
      ]),
    );
  });

  it('accepts a value that keeps it, and boolean schemas', async () => {
    await expect(pool.validateSchema({ type: 'integer' }, 3)).resolves.toEqual({ valid: true, errors: [] });
    await expect(pool.validateSchema(true, null)).resolves.toEqual({ valid: true, errors: [] });
    await expect(pool.validateSchema(false, null)).resolves.toMatchObject({ valid: false });
  });

  it.each([
    ['a wrong keyword value', { type: 'text' }],
    ['no schema at all', 'string'],
    ['a pattern that is none', { pattern: '(' }],
    ['a remote reference', { $ref: 'https://example.com/schema.json' }],
    ['an asynchronous schema', { $async: true, type: 'string' }],
  ])('refuses %s', async (_, schema) => {
    await expect(pool.validateSchema(schema, 'x')).rejects.toMatchObject({ code: 'schema_invalid' });
  });

  it('never lets one schema see another by its id', async () => {
    const first = { $id: 'https://example.com/secret', type: 'string' };
    await expect(pool.validateSchema(first, 'x')).resolves.toMatchObject({ valid: true });
    await expect(pool.validateSchema({ ...first, type: 'number' }, 1)).resolves.toMatchObject({ valid: true });
    await expect(pool.validateSchema({ $ref: first.$id }, 'x')).rejects.toMatchObject({ code: 'schema_invalid' });
  });

  it('bounds the number of errors', async () => {
    const { errors } = await pool.validateSchema(
      { items: { type: 'string' } },
      Array.from({ length: 1_000 }, () => 1),
    );
    expect(errors).toHaveLength(100);
  });

  it.each([
    ['a pattern that backtracks', { pattern: '^(a+)+$' }, `${'a'.repeat(50)}!`],
    ['a schema that refers to itself', { $ref: '#' }, 1],
  ])('survives %s', async (_, schema, value) => {
    const bomb = pool.validateSchema(schema, value, { timeoutMs: 250 });
    const good = Promise.all([pool.validateSchema({ type: 'string' }, 'x'), pool.evaluate('1', { root: {} })]);
    await expect(bomb).rejects.toMatchObject({ code: expect.stringMatching(/^schema_(timeout|resource_limit)$/) });
    await expect(good).resolves.toEqual([{ valid: true, errors: [] }, 1]);
  });
});
