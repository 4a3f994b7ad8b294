import type { OpenApiDocument } from '@aitbc/shared-core';
import { renderApi } from './render-api';
import { fieldRows, type Schema, typeText } from './schema-text';

const INTEGER: Schema = { type: 'integer' };

describe('what a value may be, in words', () => {
  it.each<[string, Schema]>([
    ['text, 1–100 characters, or null', { type: ['string', 'null'], minLength: 1, maxLength: 100 }],
    ['whole number, 0–9', { type: 'integer', minimum: 0, maximum: 9 }],
    ['number, 0 to below 8', { type: 'number', minimum: 0, exclusiveMaximum: 8 }],
    ['number, at least 2', { type: 'number', minimum: 2 }],
    ['time', { type: 'string', format: 'date-time', minLength: 1 }],
    ['`a`, `b` or `c`, or null', { enum: ['a', 'b', 'c', null] }],
    ['list of text (at most 5 characters), 1–3 items', arrayOf({ type: 'string', maxLength: 5 })],
    ['object of [Step](#step), at most 200 entries', mapOf({ $ref: '#/components/schemas/Step' })],
    ['[Step](#step), or null', { anyOf: [{ $ref: '#/components/schemas/Step' }, { type: 'null' }] }],
    ['object of whole number: `a`, `b`', { type: 'object', properties: { a: INTEGER, b: INTEGER } }],
    ['object, at most 16384 bytes of JSON', { type: 'object', 'x-max-json-bytes': 16_384 }],
    ['any JSON', { description: 'Whatever.' }],
  ])('%s', (words, schema) => {
    expect(typeText(schema)).toBe(words);
  });
});

function arrayOf(items: Schema): Schema {
  return { type: 'array', items, minItems: 1, maxItems: 3 };
}

function mapOf(additionalProperties: Schema): Schema {
  return { type: 'object', additionalProperties, maxProperties: 200 };
}

describe('the fields of an object', () => {
  it('are told with those inside of them, with what is required, and with defaults', () => {
    const inner: Schema = { type: 'object', properties: { b: { type: 'string', description: 'Of each.' } } };
    const schema: Schema = {
      required: ['a'],
      properties: { a: { type: 'array', items: inner }, c: { type: 'integer', description: 'Seconds.', default: 5 } },
    };
    expect(fieldRows(schema).map(({ name, isRequired, meaning }) => [name, isRequired, meaning])).toEqual([
      ['a', true, ''],
      ['a[].b', false, 'Of each.'],
      ['c', false, 'Seconds. Default: `5`.'],
    ]);
  });
});

describe('the page of an API', () => {
  const schemas = {
    Thing: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
    ThingRequest: { type: 'object', properties: { name: { type: 'string', description: 'a|b' } }, required: ['name'] },
  };
  const document = {
    info: { title: 'Things', version: '1', description: 'Of all kinds.' },
    tags: [{ name: 'things', description: 'What a thing is.' }],
    paths: {
      '/things/{thing_id}': {
        put: {
          ...{ operationId: 'putThing', tags: ['things'], summary: 'Keeps a thing', security: [{ apiKey: [] }] },
          description: 'Once.\n\nRoles: client, admin.',
          parameters: [
            { name: 'thing_id', in: 'path', required: true, description: 'Id of a thing.', schema: {} },
            { $ref: '#/components/parameters/IfMatch' },
          ],
          requestBody: { required: true, content: { 'application/json': { schema: ref('ThingRequest') } } },
          responses: {
            200: { description: 'It', content: { 'application/json': { schema: ref('Thing') } } },
            409: { $ref: '#/components/responses/conflict' },
            401: { $ref: '#/components/responses/unauthenticated' },
          },
        },
      },
    },
    components: {
      schemas,
      parameters: { IfMatch: { name: 'If-Match', description: 'The ETag.' } },
      responses: {
        conflict: { description: '`conflict`: No.' },
        unauthenticated: { description: '`unauthenticated`: Who?' },
      },
    },
  } as unknown as OpenApiDocument;
  const page = renderApi({ document, url: 'http://127.0.0.1:1', file: 'things.openapi.json' });

  it('tells of a route who may call it, what it takes and what it answers, errors of all routes left out', () => {
    const [, section = ''] = page.split('### Keeps a thing (putThing)\n');
    expect(section.split('\n## ')[0]).toBe(`
\`PUT /things/{thing_id}\`, for client, admin. Takes \`If-Match\`.

Once.

| field | what it may be | meaning |
| --- | --- | --- |
| **\`name\`** | text | a\\|b |

- 200: It. [Thing](#thing).
- 409 \`conflict\`
`);
  });

  it('tells what is answered where it is linked to', () => {
    expect(page).toContain('[Keeps a thing](#keeps-a-thing-putthing)');
    expect(page).toContain(
      '### Thing\n\n| field | what it may be | meaning |\n| --- | --- | --- |\n| `id` | text |  |',
    );
  });
});

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}
