import { read } from '../testing/replies';
import type { Lasting } from '../work/comparer';
import { type DifferenceReport, Report } from './report';
import { reportDocument } from './report-document';
import { escaped, PAGE_POLICY, reportPage } from './report-page';

const ROUTE = '/api/v1/agent/agents/{id}';
const KEY = `aitbc_${'k'.repeat(43)}`;
const SIDES = { release: 'http://old', service: 'http://new', waiting: 0 };

const lost = (changes: Partial<Lasting> = {}): Lasting => ({
  ...{ kind: 'missing-field', pointer: '/name', release: 'x', service: undefined, moving: false },
  ...changes,
});

const different = (...differences: Lasting[]) => ({ result: 'different', requestId: 'req_1', differences }) as const;

function opened(...args: Partial<ConstructorParameters<typeof Report>>) {
  const told: DifferenceReport[] = [];
  const report = new Report(args[0] ?? [], (difference) => told.push(difference));
  return { report, told, document: () => reportDocument(report, SIDES) };
}

describe('the report', () => {
  it('counts how comparisons ended, by route', () => {
    const { report, document } = opened();
    expect(document()).toMatchObject({ verdict: 'nothing-compared', totals: { compared: 0 } });
    report.add(read(), '/b', { result: 'equal' });
    report.add(read(), '/a', { result: 'settled', rereads: 2 });
    report.add(read(), '/a', { result: 'volatile' });
    report.add(read(), '/a', { result: 'skipped', reason: 'stream' });
    report.drop();
    const none = { equal: 0, settled: 0, volatile: 0, explained: 0, unexplained: 0 };
    expect(document()).toMatchObject({
      verdict: 'equal',
      totals: { ...none, compared: 3, equal: 1, settled: 1, volatile: 1, dropped: 1, skipped: 1 },
      settled_after: { 2: 1 },
      skipped_because: { stream: 1 },
      routes: [
        { route: '/a', ...none, compared: 2, settled: 1, volatile: 1 },
        { route: '/b', ...none, compared: 1, equal: 1 },
      ],
      differences: [],
    });
  });

  it('tells each difference once, and keeps five examples', () => {
    const { report, told, document } = opened();
    for (let n = 0; n < 7; n += 1) report.add(read({ at: n }), ROUTE, different(lost()));
    report.add(read(), ROUTE, different(lost({ pointer: '/other' })));
    expect(told.map(({ pointer }) => pointer)).toEqual(['/name', '/other']);
    expect(document().differences[0]).toMatchObject({
      ...{ route: ROUTE, kind: 'missing-field', pointer: '/name', explanation: null, count: 7 },
      ...{ first_at: '1970-01-01T00:00:00.000Z', last_at: '1970-01-01T00:00:00.006Z' },
    });
    expect(document().differences[0]?.examples).toHaveLength(5);
    expect(document().differences[0]?.examples[0]).toEqual({
      ...{ at: '1970-01-01T00:00:00.000Z', method: 'GET', target: '/api/v1/agent/agents/agent_1', request_id: 'req_1' },
      ...{ release: 'x', service: '(nothing)' },
    });
  });

  it.each<[string, Lasting[], string, (string | null)[]]>([
    ['an addition', [lost({ kind: 'added-field' })], 'explained', [expect.stringContaining('addition')]],
    ['what moves', [lost({ moving: true })], 'explained', [expect.stringContaining('from one read to the next')]],
    ['what is allowed', [lost({ pointer: '/gone' })], 'explained', ['nobody used it']],
    ['nothing else', [lost()], 'different', [null]],
    ['one of two', [lost({ moving: true }), lost({ kind: 'status' })], 'different', [null, expect.any(String)]],
  ])('explains %s', (_, differences, verdict, explanations) => {
    const { report, document } = opened([
      { route: ROUTE, kind: 'missing-field', pointer: '/gone', reason: 'nobody used it' },
    ]);
    report.add(read(), ROUTE, different(...differences));
    expect(document().verdict).toBe(verdict);
    expect(document().differences.map(({ explanation }) => explanation)).toEqual(explanations);
  });

  it('does not grow with what users name', () => {
    const { report, document } = opened();
    for (let n = 0; n < 700; n += 1) report.add(read(), `/r${n}`, different(lost({ pointer: `/p${n}` })));
    expect(document().routes).toHaveLength(301);
    expect(document().differences).toHaveLength(500);
    expect(document()).toMatchObject({ unlisted_differences: 200, totals: { unexplained: 700 } });
  });
});

describe('an example', () => {
  it('clips what is long', () => {
    const { report, document } = opened();
    report.add(read(), ROUTE, different(lost({ release: { text: 'x'.repeat(1_000) } })));
    expect(document().differences[0]?.examples[0]?.release).toMatch(/^\{"text":"x{291}…$/);
  });

  it.each<[string, Lasting, Parameters<typeof read>[0]]>([
    ['in a value', lost({ release: `is ${KEY}` }), {}],
    ['in a field inside', lost({ release: { deep: [{ api_key: 'hidden' }] } }), {}],
    ['in a field of that name', lost({ pointer: '/webhooks/*/secret', release: 'hidden' }), {}],
    ['in a status’s body', lost({ kind: 'status', release: { status: 200, body: { token: 'hidden' } } }), {}],
    ['in the query', lost(), { target: `/x?a=1&api_key=hidden&token=hidden&b=${KEY}` }],
    ['repeated by a side', lost({ release: 'I know hidden' }), { headers: { 'x-api-key': 'hidden' } }],
    ['repeated by a side as bearer', lost({ service: 'of hidden' }), { headers: { authorization: 'Bearer hidden' } }],
    ['repeated in the path', lost(), { target: '/x/hidden', headers: { 'x-api-key': 'hidden' } }],
  ])('shows no key %s', (_, difference, request) => {
    const { report, document } = opened();
    report.add(read(request), ROUTE, different(difference));
    for (const text of [JSON.stringify(document()), reportPage(document())]) {
      expect(text).toContain('[redacted]');
      expect(text).not.toMatch(new RegExp(`hidden|${KEY}`));
    }
  });
});

describe('the page', () => {
  it('shows what a body holds, and does not do it', () => {
    const { report, document } = opened();
    const hostile = `</code><script>alert(1)</script><img src=x onerror='x()'>"&`;
    const request = read({ target: `/x?<script>`, headers: {} });
    report.add(request, `/<b>`, different(lost({ pointer: '/<i>', release: hostile, service: { [hostile]: 1 } })));
    const page = reportPage(document());
    expect(page).not.toMatch(/<(script|img|b|i)\b/);
    expect(page).toContain(escaped('</code><script>alert(1)</script>'));
    expect(escaped(`<a b="c" d='&'>`)).toBe('&#60;a b=&#34;c&#34; d=&#39;&#38;&#39;&#62;');
  });

  it('loads nothing and runs nothing, and its policy says so', () => {
    const page = reportPage(opened().document());
    expect(page).not.toMatch(/<script|<link|src=|url\(|https?:\/\/(?!old|new)/);
    expect(page).not.toMatch(/ style=/);
    expect(PAGE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='/);
    expect(page).toContain('Nothing was compared yet.');
  });

  it('puts what has no reason before what has one', () => {
    const { report, document } = opened();
    for (let n = 0; n < 3; n += 1) report.add(read(), ROUTE, different(lost({ kind: 'added-field' })));
    report.add(read(), ROUTE, different(lost()));
    const page = reportPage(document());
    expect(page.indexOf('missing-field')).toBeLessThan(page.indexOf('added-field'));
    expect(page).toContain('nobody said that it should');
  });
});
