import type { Call } from './client';
import { nested } from './json';
import type { BodyRoute, Refusal } from './refusals';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
const MIB = 1_048_576;
const utf16 = { 'content-type': 'application/json; charset=utf-16' };

/** What no route takes, whatever its fields are: every class of bad body that the conventions name. */
export function badBodies(route: BodyRoute): Record<string, Refusal> {
  const text = JSON.stringify(route.body);
  const plus = (member: string) => `${text.slice(0, -1)}${text === '{}' ? '' : ','}${member}}`;
  const classes: Record<string, Omit<Refusal, 'method' | 'path' | 'by'>> = {
    'JSON that breaks off': { raw: text.slice(0, -1), status: 400 },
    'JSON with more behind it': { raw: `${text} {}`, status: 400 },
    'JSON with a comment': { raw: `${text} // nothing`, status: 400 },
    'single quotes': { raw: "{'name': 'x'}", status: 400 },
    'bytes that are not UTF-8': { raw: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), status: 400 },
    'plain text': { raw: text, headers: { 'content-type': 'text/plain' }, status: 415 },
    'a form': { raw: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415 },
    XML: { raw: '<a/>', headers: { 'content-type': 'application/xml' }, status: 415 },
    'another charset': { raw: text, headers: utf16, status: 415 },
    'an unknown encoding': { raw: text, headers: { 'content-encoding': 'zip' }, status: 415 },
    'more than 1 MiB': { raw: plus(`"big":"${'x'.repeat(MIB)}"`), status: 413 },
    'depth 33': { raw: plus(`"surprise":${JSON.stringify(nested(32))}`), status: 422, pointers: '/surprise' },
    'a lone surrogate': { raw: plus('"surprise":"\\ud800"'), status: 422, pointers: ['/surprise'] },
    'an unsafe integer': { raw: plus('"surprise":9007199254740993'), status: 422, pointers: ['/surprise'] },
    'a number beyond doubles': { raw: plus('"surprise":1e400'), status: 422, pointers: ['/surprise'] },
    'a key that changes prototypes': { raw: plus('"__proto__":{}'), status: 422, pointers: ['/__proto__'] },
    'an unknown field': { raw: plus('"surprise":1'), status: 422, pointers: ['/surprise'] },
    'a field with slash and tilde': { raw: plus('"a/b~c":1'), status: 422, pointers: ['/a~1b~0c'] },
    'a list': { raw: '[]', status: 422, pointers: [''] },
    'a text': { raw: '"text"', status: 422, pointers: [''] },
    null: { raw: 'null', status: 422, pointers: [''] },
  };
  return named(route, classes);
}

/** Callers that no route with a key lets in. */
export function badCallers({ method, path, ...route }: BodyRoute | Omit<BodyRoute, 'by'>): Record<string, Refusal> {
  const body = method === 'get' || method === 'delete' ? {} : { body: route.body };
  const as = (headers: Call['headers']) => ({ ...body, status: 401, ...(headers && { headers }) });
  const classes = {
    'no key': as(undefined),
    'a wrong key': as({ 'x-api-key': 'A'.repeat(43) }),
    'a key of an impossible form': as({ 'x-api-key': "' OR 1=1 --" }),
    'a token that is none': as({ authorization: 'Bearer a.b.c' }),
  };
  return named({ method, path }, classes);
}

/** Queries that no list takes. */
export function badQueries(path: string, by: Refusal['by']): Record<string, Refusal> {
  const query = (text: string, status: number, pointer?: string): [string, Refusal] => [
    `GET ${path}: ?${text}`,
    { method: 'get', path: `${path}?${text}`, status, ...(by && { by }), ...(pointer && { pointers: [pointer] }) },
  ];
  return Object.fromEntries([
    query('limit=0', 422, '?limit'),
    query('limit=201', 422, '?limit'),
    query('limit=1.5', 422, '?limit'),
    query('limit=many', 422, '?limit'),
    query('offset=-1', 422, '?offset'),
    query('count=perhaps', 422, '?count'),
    query('cursor=nonsense', 422, '?cursor'),
    query('surprise=1', 422, '?surprise'),
    query('limit=%E0%A4%A', 400),
  ]);
}

/** The same path with methods that it does not take. */
export function badMethods(path: string, ...methods: readonly Refusal['method'][]): Record<string, Refusal> {
  const refusal = (method: Refusal['method']): [string, Refusal] => [
    `${method.toUpperCase()} ${path}: no such method`,
    { method, path, by: 'client', status: 405 },
  ];
  return Object.fromEntries(methods.map(refusal));
}

function named(
  { method, path, by }: Pick<Refusal, 'method' | 'path' | 'by'>,
  classes: Readonly<Record<string, Omit<Refusal, 'method' | 'path' | 'by'>>>,
): Record<string, Refusal> {
  const entries = Object.entries(classes).map(([name, refusal]) => [
    `${method.toUpperCase()} ${path}: ${name}`,
    { method, path, ...(by && { by }), ...refusal },
  ]);
  return Object.fromEntries(entries) as Record<string, Refusal>;
}
// jscpd:ignore-end
