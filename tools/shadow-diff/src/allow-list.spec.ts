import { allowedBecause, parseAllowList } from './allow-list';

const ROUTE = '/api/v1/agent/agents/{id}';

describe('the allow list', () => {
  it.each<[string, object, boolean]>([
    ['the same place', { route: ROUTE, kind: 'missing-field', pointer: '/a' }, true],
    ['any place', { route: ROUTE, kind: 'missing-field' }, true],
    ['every route', { route: '*', kind: 'missing-field', pointer: '/a' }, true],
    ['another place', { route: ROUTE, kind: 'missing-field', pointer: '/b' }, false],
    ['another kind', { route: ROUTE, kind: 'changed-type', pointer: '/a' }, false],
    ['another route', { route: `${ROUTE}/x`, kind: 'missing-field', pointer: '/a' }, false],
  ])('of %s', (_, entry, allowed) => {
    const list = parseAllowList(JSON.stringify([{ ...entry, reason: 'meant' }]));
    const reason = allowedBecause(list, ROUTE, { kind: 'missing-field', pointer: '/a' });
    expect(reason).toBe(allowed ? 'meant' : undefined);
  });

  it.each<[string, string]>([
    ['{}', 'it is no list'],
    ['nonsense', 'JSON'],
    ['[{"route":"/x","kind":"status"}]', "entry 0: 'reason' must be a text"],
    ['[{"route":"/x","kind":"status","reason":" "}]', "entry 0: 'reason' must be a text"],
    ['[{"route":"/x","kind":"status","reason":"y","path":"/"}]', "entry 0: 'path' means nothing here"],
    ['[{"route":"/x","kind":"status","reason":"y","pointer":1}]', "entry 0: 'pointer' must be a text"],
    ['[null]', "entry 0: 'route' must be a text"],
  ])('refuses %s', (text, fault) => {
    expect(() => parseAllowList(text)).toThrow(fault);
  });
});
