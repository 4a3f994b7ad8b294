import { brokenPromises } from './openapi-additions';

const limit = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 200 } };
const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, state: { enum: ['a', 'b'] } } };

function documentOf(changes: { operation?: object; thing?: object; paths?: object } = {}) {
  const operation = {
    summary: 'Things',
    parameters: [limit],
    responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
    ...changes.operation,
  };
  return {
    info: { title: 'Any', version: '1' },
    paths: { '/things': { get: operation }, ...changes.paths },
    components: { schemas: { Thing: { ...thing, ...changes.thing } } },
  };
}

const faultsOf = (changes: Parameters<typeof documentOf>[0]) => brokenPromises(documentOf(), documentOf(changes));

describe('a newer OpenAPI document', () => {
  it.each<[string, Parameters<typeof documentOf>[0]]>([
    ['is the same', {}],
    ['has another path', { paths: { '/others': { get: {} } } }],
    ['has another parameter', { operation: { parameters: [{ name: 'offset', in: 'query' }, limit] } }],
    ['says it in other words', { operation: { summary: 'All things' } }],
    ['has another field', { thing: { properties: { ...thing.properties, more: {} } } }],
    [
      'has another value of an enumeration',
      { thing: { properties: { ...thing.properties, state: { enum: ['a', 'b', 'c'] } } } },
    ],
  ])('keeps the promises of the older one when it %s', (_, changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });

  it.each<[string, Parameters<typeof documentOf>[0], string]>([
    ['has no such path', { paths: { '/things': undefined } }, '/paths/~1things is gone'],
    ['does not take a parameter', { operation: { parameters: [] } }, 'parameters/query:limit is gone'],
    [
      'takes less of a parameter',
      { operation: { parameters: [{ ...limit, schema: { type: 'integer', maximum: 100 } }] } },
      'maximum was 200, and is 100',
    ],
    [
      'demands a parameter',
      { operation: { parameters: [limit, { name: 'key', in: 'query', required: true }] } },
      'demands query:key now',
    ],
    ['does not answer a status', { operation: { responses: {} } }, 'responses/200 is gone'],
    ['demands a field', { thing: { required: ['id', 'state'] } }, 'required has more in it now'],
    ['does not promise a field', { thing: { required: [] } }, 'required has no "id" now'],
    ['has no such field', { thing: { properties: { id: thing.properties.id } } }, 'properties/state is gone'],
    [
      'has a field of another type',
      { thing: { properties: { ...thing.properties, id: { type: 'integer' } } } },
      'type was "string", and is "integer"',
    ],
    [
      'has no such value of an enumeration',
      { thing: { properties: { ...thing.properties, state: { enum: ['a'] } } } },
      'enum has no "b" now',
    ],
  ])('breaks one when it %s', (_, changes, fault) => {
    expect(faultsOf(changes)).toEqual([expect.stringContaining(fault)]);
  });

  it('breaks one when it demands what was free', () => {
    const older = documentOf({ thing: { required: undefined } });
    const free = JSON.parse(JSON.stringify(older)) as object;
    expect(brokenPromises(free, documentOf())).toEqual(['/components/schemas/Thing/required is new']);
  });
});
