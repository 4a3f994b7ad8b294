import { ADMIN_KEY } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

interface BadRequest {
  readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body?: string | Buffer;
  /** Its key; the admin's by default, `null` for none. */
  readonly key?: string | null;
}

type Case = [what: string, bad: BadRequest, status: number, code: string, pointer?: string];

const KEYS = '/admin/api-keys';
const GOOD = JSON.stringify({ subject: 'a', role: 'client' });
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const json = (value: unknown): BadRequest => ({ body: JSON.stringify(value) });
const list = (query: string): BadRequest => ({ method: 'get', path: `${KEYS}?${query}` });
const typed = (type: string): BadRequest => ({ headers: { 'Content-Type': type }, body: GOOD });
const keyed = (key: string): BadRequest => ({ headers: { 'Idempotency-Key': key }, body: GOOD });
const bearer = (token: string): BadRequest => ({ key: null, headers: { Authorization: token }, body: GOOD });

const SYNTAX: Case[] = [
  ['a cut-off object', { body: '{"subject":"a"' }, 400, 'malformed_request'],
  ['an object with a comma too many', { body: '{"subject":"a",}' }, 400, 'malformed_request'],
  ['single quotes', { body: "{'subject':'a'}" }, 400, 'malformed_request'],
  ['a key without quotes', { body: '{subject:"a"}' }, 400, 'malformed_request'],
  ['a comment', { body: '{"subject":"a"} // x' }, 400, 'malformed_request'],
  ['two values', { body: '{} {}' }, 400, 'malformed_request'],
  ['NaN', { body: '{"subject":NaN}' }, 400, 'malformed_request'],
  ['a number with a leading zero', { body: '{"subject":01}' }, 400, 'malformed_request'],
  ['a control character in a text', { body: '{"subject":"a\nb"}' }, 400, 'malformed_request'],
  ['a bad escape', { body: '{"subject":"\\x41"}' }, 400, 'malformed_request'],
  ['text', { body: 'subject=a' }, 400, 'malformed_request'],
  ['a byte that is not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'malformed_request'],
  ['UTF-16', { body: Buffer.from(GOOD, 'utf16le') }, 400, 'malformed_request'],
  ['gzip that is none', { headers: { 'Content-Encoding': 'gzip' }, body: GOOD }, 400, 'malformed_request'],
  ['a broken escape in the path', { method: 'delete', path: `${KEYS}/%zz` }, 400, 'malformed_request'],
  ['a broken escape in the query', list('limit=%zz'), 400, 'malformed_request'],
  ['a cut-off escape in the query', list('cursor=%e'), 400, 'malformed_request'],
];

const CREDENTIALS: Case[] = [
  ['no credentials', { key: null, body: GOOD }, 401, 'unauthenticated'],
  ['an empty key', { key: '', body: GOOD }, 401, 'unauthenticated'],
  ['an unknown key', { key: 'guess', body: GOOD }, 401, 'unauthenticated'],
  ['a key with SQL', { key: "' OR 1=1 --", body: GOOD }, 401, 'unauthenticated'],
  ['the key in another case', { key: ADMIN_KEY.toUpperCase(), body: GOOD }, 401, 'unauthenticated'],
  ['the key twice', { key: `${ADMIN_KEY}, ${ADMIN_KEY}`, body: GOOD }, 401, 'unauthenticated'],
  ['basic credentials', bearer(`Basic ${ADMIN_KEY}`), 401, 'unauthenticated'],
  ['a bearer without a token', bearer('Bearer '), 401, 'unauthenticated'],
  ['a token that is none', bearer('Bearer eyJ.e30.x'), 401, 'unauthenticated'],
  ['an unsigned token', bearer('Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'), 401, 'unauthenticated'],
  ['no credentials and no such route', { key: null, method: 'get', path: '/nowhere' }, 401, 'unauthenticated'],
  ['no credentials and a bad body', { key: null, body: '{' }, 401, 'unauthenticated'],
];

const ROUTES: Case[] = [
  ['an unknown path', { method: 'get', path: '/nowhere' }, 404, 'not_found'],
  ['a path that goes up', { method: 'get', path: '/..%2f..%2fetc%2fpasswd' }, 404, 'not_found'],
  ['an unknown key id', { method: 'delete', path: `${KEYS}/key_none` }, 404, 'not_found'],
  ['an id with SQL', { method: 'delete', path: `${KEYS}/x'%3B%20DROP%20TABLE%20api_keys%3B--` }, 404, 'not_found'],
  ['an id of 5,000 characters', { method: 'delete', path: `${KEYS}/${'x'.repeat(5_000)}` }, 404, 'not_found'],
  ['PUT on a collection', { method: 'put', path: KEYS, body: GOOD }, 405, 'method_not_allowed'],
  ['PATCH on a collection', { method: 'patch', path: KEYS, body: GOOD }, 405, 'method_not_allowed'],
  ['POST on an object', { path: `${KEYS}/key_x`, body: GOOD }, 405, 'method_not_allowed'],
];

const BODIES: Case[] = [
  ['2 MiB', { body: `"${'x'.repeat(2 * 1_048_576)}"` }, 413, 'payload_too_large'],
  ['a byte more than 1 MiB', { body: `"${'x'.repeat(1_048_575)}"` }, 413, 'payload_too_large'],
  ['text/plain', typed('text/plain'), 415, 'unsupported_media_type'],
  ['a form', typed('application/x-www-form-urlencoded'), 415, 'unsupported_media_type'],
  ['multipart', typed('multipart/form-data; boundary=x'), 415, 'unsupported_media_type'],
  ['XML', typed('application/xml'), 415, 'unsupported_media_type'],
  ['JSON of another kind', typed('application/json-seq'), 415, 'unsupported_media_type'],
  ['JSON in Latin 1', typed('application/json; charset=iso-8859-1'), 415, 'unsupported_media_type'],
  ['an unknown encoding', { headers: { 'Content-Encoding': 'zip' }, body: GOOD }, 415, 'unsupported_media_type'],
  ['33 levels', { body: nested(33) }, 422, 'validation_failed', `/0${'/0'.repeat(31)}`],
  ['a lone surrogate', { body: '{"subject":"\\ud800"}' }, 422, 'validation_failed', '/subject'],
  ['an integer beyond 2^53', { body: '{"subject":9007199254740993}' }, 422, 'validation_failed', '/subject'],
  ['a number beyond a double', { body: '{"subject":1e999}' }, 422, 'validation_failed', '/subject'],
  ['__proto__', { body: '{"__proto__":{}}' }, 422, 'validation_failed', '/__proto__'],
  ['constructor', json({ subject: 'a', role: 'client', constructor: 1 }), 422, 'validation_failed', '/constructor'],
];

const FIELDS: Case[] = [
  ['null', json(null), 422, 'validation_failed', ''],
  ['a list', json([]), 422, 'validation_failed', ''],
  ['a text', json('a'), 422, 'validation_failed', ''],
  ['a number', json(1), 422, 'validation_failed', ''],
  ['no role', json({ subject: 'a' }), 422, 'validation_failed', '/role'],
  ['an empty subject', json({ subject: '', role: 'client' }), 422, 'validation_failed', '/subject'],
  ['a number for a subject', json({ subject: 1, role: 'client' }), 422, 'validation_failed', '/subject'],
  ['a list for a subject', json({ subject: ['a'], role: 'client' }), 422, 'validation_failed', '/subject'],
  ['a long subject', json({ subject: 'x'.repeat(201), role: 'client' }), 422, 'validation_failed', '/subject'],
  ['a NUL', json({ subject: 'a\0', role: 'client' }), 422, 'validation_failed', '/subject'],
  ['a role in capitals', json({ subject: 'a', role: 'ADMIN' }), 422, 'validation_failed', '/role'],
  ['an inherited role', json({ subject: 'a', role: 'toString' }), 422, 'validation_failed', '/role'],
  ['an unknown field', json({ subject: 'a', role: 'client', 'a/b': 1 }), 422, 'validation_failed', '/a~1b'],
  ['a key with no characters', keyed(''), 422, 'validation_failed', 'Idempotency-Key'],
  ['a key of 201 characters', keyed('k'.repeat(201)), 422, 'validation_failed', 'Idempotency-Key'],
  ['a key beyond ASCII', keyed('clé'), 422, 'validation_failed', 'Idempotency-Key'],
  ['a limit of 0', list('limit=0'), 422, 'validation_failed', '?limit'],
  ['a limit of 201', list('limit=201'), 422, 'validation_failed', '?limit'],
  ['a limit of a half', list('limit=0.5'), 422, 'validation_failed', '?limit'],
  ['a limit that is no number', list('limit=ten'), 422, 'validation_failed', '?limit'],
  ['two limits', list('limit=1&limit=2'), 422, 'validation_failed', '?limit'],
  ['an offset below 0', list('offset=-1'), 422, 'validation_failed', '?offset'],
  ['a cursor of nobody', list('cursor=nobody'), 422, 'validation_failed', '?cursor'],
  ['a count that is neither', list('count=maybe'), 422, 'validation_failed', '?count'],
  ['an unknown parameter', list('colour=red'), 422, 'validation_failed', '?colour'],
];

/** Stack frames, SQL, paths of ours, packages. */
const LEAK = /\bat .+:\d+:\d+|SELECT |INSERT |sqlite|node_modules|\/(work|home|tmp|usr|etc)\//i;

describe('a bad request', () => {
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  const cases = [...SYNTAX, ...CREDENTIALS, ...ROUTES, ...BODIES, ...FIELDS];
  // Objects: a row that is shorter than the parameters would get Jest's callback for a pointer.
  const rows = cases.map(([what, bad, status, code, pointer]) => ({ what, bad, status, code, pointer }));
  it.each(rows)('with $what gets the documented answer', async ({ bad, status, code, pointer }) => {
    const { method = 'post', path = KEYS, headers = {}, body, key = ADMIN_KEY } = bad;
    const test = request(opened.service.app)[method](`/api/v1${path}`).set('X-Request-Id', 'bad-1');
    if (key !== null) test.set('X-Api-Key', key);
    if (body !== undefined) test.set('Content-Type', 'application/json');
    // Superagent would send a buffer as JSON.
    test.set(headers).serialize((sent: unknown) => sent as string);
    const response = await (body === undefined ? test : test.send(body));
    expect([response.status, response.body.code]).toEqual([status, code]);
    expect(response.body).toMatchObject({ type: `urn:aitbc:error:${code}`, status, instance: 'bad-1' });
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.text).not.toMatch(LEAK);
    const pointers = ((response.body.errors ?? []) as { pointer: string }[]).map((error) => error.pointer);
    expect(pointers).toEqual(pointer === undefined ? [] : [pointer]);
  });
});
