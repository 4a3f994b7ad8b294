import { answer } from '../testing/replies';
import { replyDifferences } from './compare-replies';
import { withoutVolatile } from './volatile';

type Parts = Parameters<typeof answer>[1];

const ID = 'exec_01a20901-4a56-7000-8000-000000000001';
const OTHER_ID = 'exec_01a20901-4a56-7000-8000-000000000002';

/** The differences of two answers as `kind pointer`. */
function kinds(release: unknown, service: unknown, releaseParts?: Parts, serviceParts = releaseParts): string[] {
  const differences = replyDifferences(
    { answer: answer(release, releaseParts) },
    { answer: answer(service, serviceParts) },
  );
  return differences.map(({ kind, pointer }) => `${kind} ${pointer}`.trim());
}

describe('two answers', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['are equal', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['have their keys in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, []],
    ['lack a field', { a: 1, b: { c: 2 } }, { a: 1, b: {} }, ['missing-field /b/c']],
    ['have one more field', { a: 1 }, { a: 1, b: 2 }, ['added-field /b']],
    ['have a renamed field', { name: 'x' }, { title: 'x' }, ['missing-field /name', 'added-field /title']],
    ['have another value', { a: { b: 1 } }, { a: { b: 2 } }, ['changed-value /a/b']],
    ['have a text for a number', { a: 1 }, { a: '1' }, ['changed-type /a']],
    ['have null for an object', { a: {} }, { a: null }, ['changed-type /a']],
    ['have a list for an object', { a: {} }, { a: [] }, ['changed-type /a']],
    ['have a longer list', { a: [1, 2] }, { a: [1, 2, 3] }, ['length /a']],
    ['have a list in another order', [1, 2], [2, 1], ['changed-value /*']],
    ['lack a field in each of many items', [{ a: 1, b: 1 }, { b: 2 }], [{ a: 1 }, {}], ['missing-field /*/b']],
    ['are of another type as a whole', [1], 'text', ['changed-type']],
    [
      'lack what every object inherits',
      { constructor: 1, toString: 2 },
      { toString: 2 },
      ['missing-field /constructor'],
    ],
    ['have what every object inherits', {}, JSON.parse('{"__proto__": 1}'), ['added-field /__proto__']],
    ['escape what a pointer escapes', { 'a/b~c': 1 }, { 'a/b~c': 2 }, ['changed-value /a~1b~0c']],
    ['have keys that are ids', { [ID]: 1, [OTHER_ID]: 1 }, { [ID]: 2, [OTHER_ID]: 2 }, ['changed-value /*']],
    [
      'have keys that are ids of steps',
      { step_states: { one: { attempt: 1 }, two: { attempt: 1 } } },
      { step_states: { one: { attempt: 2 }, two: { attempt: 2 } } },
      ['changed-value /step_states/*/attempt'],
    ],
    [
      'have one item more in front',
      [{ id: 'a', x: 1 }],
      [
        { id: 'b', x: 2 },
        { id: 'a', x: 1 },
      ],
      ['length'],
    ],
    [
      'have another item, and another field in a common one',
      [
        { id: 'a', x: 1 },
        { id: 'b', x: 1 },
      ],
      [{ id: 'c' }, { id: 'a' }],
      ['changed-value /*/id', 'missing-field /*/x'],
    ],
    ['have items with one id twice', [{ id: 'a' }, { id: 'a' }], [{ id: 'a' }, { id: 'b' }], ['changed-value /*/id']],
  ])('that %s', (_, release, service, expected) => {
    expect(kinds(release, service)).toEqual(expected);
  });

  it.each<[string, Parts, Parts, string[]]>([
    ['another status, and nothing else then', { status: 404, headers: { etag: '1' } }, { status: 410 }, ['status']],
    ['another ETag', { headers: { ETag: '"1"' } }, { headers: { ETag: '"2"' } }, ['header:etag']],
    ['no Location', { headers: { Location: '/x' } }, {}, ['header:location']],
    ['another order of Vary', { headers: { vary: 'Accept, Origin' } }, { headers: { vary: 'origin,accept' } }, []],
    ['another time to wait', { headers: { 'retry-after': '1' } }, { headers: { 'retry-after': '9' } }, []],
    ['no time to wait', { headers: { 'retry-after': '1' } }, {}, ['header:retry-after']],
    ['another source of data', {}, { headers: { 'x-data-source': 'shared-db' } }, ['header:x-data-source']],
    ['another media type', { type: 'application/json' }, { type: 'application/problem+json' }, ['header:content-type']],
    [
      'a charset that is written otherwise',
      { type: 'application/json; charset=utf-8' },
      { type: 'application/json;charset=UTF-8' },
      [],
    ],
    ['another id and another time', { headers: { date: 'a', 'x-request-id': 'b', ratelimit: 'c' } }, {}, []],
  ])('with %s', (_, release, service, expected) => {
    expect(kinds({ a: 1 }, { a: 1 }, release, service)).toEqual(expected);
  });

  it('of other media types are compared as text', () => {
    const text = { type: 'text/plain' };
    expect(kinds('a', 'a', text)).toEqual([]);
    expect(kinds('{"a":1}', '{ "a": 1 }', text)).toEqual(['body']);
  });

  it('of which one only says that it is JSON are compared as text', () => {
    const broken = { ...answer({}), body: '{"a":' };
    expect(replyDifferences({ answer: answer({ a: 1 }) }, { answer: broken })).toEqual([
      { kind: 'body', pointer: '', release: '{"a":1}', service: '{"a":' },
    ]);
  });
});

describe('silence', () => {
  it('of one side is a difference, that of both is none', () => {
    const silent = { silence: 'ECONNREFUSED' };
    expect(replyDifferences({ answer: answer(1) }, silent)).toEqual([
      { kind: 'unanswered', pointer: '', release: { status: 200, body: 1 }, service: '(no answer: ECONNREFUSED)' },
    ]);
    expect(replyDifferences(silent, { answer: answer(1) })).toHaveLength(1);
    expect(replyDifferences(silent, silent)).toEqual([]);
  });
});

describe('what no two answers have in common', () => {
  const remaining = (release: unknown, service: unknown) =>
    withoutVolatile(replyDifferences({ answer: answer(release) }, { answer: answer(service) })).map(
      ({ kind, pointer }) => `${kind} ${pointer}`,
    );

  it.each<[string, unknown, unknown, string[]]>([
    ['the id of a request', { instance: 'req_1', code: 'x' }, { instance: 'req_2', code: 'x' }, []],
    ['an opaque cursor', { items: [], next_cursor: 'a' }, { items: [], next_cursor: 'b' }, []],
    ['a time of counting', { as_of: '2026-01-01T00:00:00.000Z' }, { as_of: '2026-01-01T00:00:00.004Z' }, []],
    [
      'figures that were counted at other times',
      { n: 1, by: { x: 1 }, as_of: '2026-01-01T00:00:00.000Z' },
      { n: 2, by: { x: 2 }, as_of: '2026-01-01T00:05:00.000Z' },
      [],
    ],
  ])('is left out: %s', (_, release, service, expected) => {
    expect(remaining(release, service)).toEqual(expected);
  });

  it.each<[string, unknown, unknown, string[]]>([
    ['no cursor', { next_cursor: 'a' }, { next_cursor: null }, ['changed-type /next_cursor']],
    ['no id of a request', { instance: 'a' }, {}, ['missing-field /instance']],
    [
      'a user’s value of that name',
      { inputs: { as_of: 'a' } },
      { inputs: { as_of: 'b' } },
      ['changed-value /inputs/as_of'],
    ],
    [
      'figures of one instant',
      { n: 1, as_of: '2026-01-01T00:00:00.000Z' },
      { n: 2, as_of: '2026-01-01T00:00:00.900Z' },
      ['changed-value /n'],
    ],
  ])('is not: %s', (_, release, service, expected) => {
    expect(remaining(release, service)).toEqual(expected);
  });
});
