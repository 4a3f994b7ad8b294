import {
  type TemporaryFolder,
  memoryLogger,
  metricsTable,
  documentedMetrics,
  temporaryFolder,
  waitFor,
} from '@aitbc/shared-core/testing';
import { readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import request from 'supertest';
import { readOptions, type ShadowOptions } from './options';
import type { ReportDocument } from './report/report-document';
import { Shadow } from './shadow';
import { type FixtureSide, fixtureSide, json } from './testing/fixture-side';

const AGENT = '/api/v1/agent/agents/reader';
const ROUTE = '/api/v1/agent/agents/{id}';
const KEY = `aitbc_${'k'.repeat(43)}`;

const sides: FixtureSide[] = [];
let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await Promise.all(sides.splice(0).map((side) => side.close()));
  await folder.remove();
});

async function opened(release: RequestListener, service: RequestListener, options: Partial<ShadowOptions> = {}) {
  const [before, after] = [await fixtureSide(release), await fixtureSide(service)];
  sides.push(before, after);
  const { logger, lines } = memoryLogger();
  const read = readOptions(['--release', before.url, '--service', after.url]);
  if (!read) throw new Error('there are options');
  const shadow = new Shadow({ ...read, out: folder.file('out'), ...options }, '1', logger, logger);
  const report = async () => (await request(shadow.app).get('/report.json').expect(200)).body as ReportDocument;
  const reported = (compared: number) =>
    waitFor(async () => {
      const document = await report();
      return document.totals.compared === compared && document;
    });
  const mirror = (path: string, method: 'get' | 'head' | 'post' = 'get') =>
    request(shadow.app)[method](path).set('X-Api-Key', KEY).expect(204);
  return { shadow, lines, report, reported, mirror, before, after };
}

describe('the shadow', () => {
  it('asks both sides for what is mirrored, with the caller’s key', async () => {
    const { mirror, reported, before, after } = await opened(json({ a: 1, b: 2 }), json({ b: 2, a: 1 }));
    await mirror(`${AGENT}?x=1`);
    await mirror(AGENT, 'head');
    expect(await reported(2)).toMatchObject({ verdict: 'equal', routes: [{ route: ROUTE, compared: 2, equal: 2 }] });
    for (const { asked } of [before, after]) {
      expect(asked.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([`GET ${AGENT}?x=1`, `HEAD ${AGENT}`]);
      expect(asked[0]?.headers).toMatchObject({ 'x-api-key': KEY, 'x-request-id': expect.stringMatching(/^req_/) });
    }
    expect(before.asked[0]?.headers['x-request-id']).toBe(after.asked[0]?.headers['x-request-id']);
  });

  it('reports what differs, without the key, as JSON and as a page', async () => {
    const { shadow, mirror, reported, lines } = await opened(json({ name: KEY }), json({ title: 1 }));
    await mirror(AGENT);
    const report = await reported(1);
    expect(report).toMatchObject({
      verdict: 'different',
      differences: [
        { route: ROUTE, kind: 'missing-field', pointer: '/name', explanation: null },
        { route: ROUTE, kind: 'added-field', pointer: '/title', explanation: expect.any(String) },
      ],
    });
    const page = await request(shadow.app).get('/report').expect(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'; style-src 'sha256-"),
    });
    expect(page.text).toContain('missing-field');
    for (const text of [JSON.stringify(report), page.text, JSON.stringify(lines)]) expect(text).not.toContain(KEY);
    expect(lines.filter(({ event }) => event === 'difference').map(({ level, kind }) => [level, kind])).toEqual([
      ['warn', 'missing-field'],
      ['info', 'added-field'],
    ]);
  });

  it('reads again while a side catches up', async () => {
    let reads = 0;
    const late: RequestListener = (...args) => json({ status: (reads += 1) < 3 ? 'running' : 'completed' })(...args);
    const { mirror, reported } = await opened(json({ status: 'completed' }), late);
    await mirror(AGENT);
    expect(await reported(1)).toMatchObject({ verdict: 'equal', totals: { settled: 1 }, settled_after: { 2: 1 } });
  });

  it('says which side does not answer, in time or at all', async () => {
    const hangs: RequestListener = () => undefined;
    const breaks: RequestListener = (incoming) => incoming.socket.destroy();
    const { mirror, report } = await opened(json({}), hangs, { timeoutMs: 500, rereads: 0 });
    // On a busy machine the side that answers can be too late as well, and then nothing is compared: asked again.
    const compared = async () => {
      await mirror(AGENT);
      const { totals, differences } = await report();
      return totals.compared > 0 && differences;
    };
    expect(await waitFor(compared, { everyMs: 100 })).toMatchObject([
      { kind: 'unanswered', examples: [{ service: expect.stringContaining('Timeout') }] },
    ]);
    const both = await opened(breaks, breaks);
    await both.mirror(AGENT);
    await waitFor(async () => (await both.report()).skipped_because['unanswered-both'] === 1);
    expect((await both.report()).totals.compared).toBe(0);
  });

  it('follows no redirection, and leaves alone what is limited or streamed', async () => {
    const limited = await opened(json({}), json({}, 429));
    await limited.mirror(AGENT);
    const streamed = await opened(json({}), (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    });
    await streamed.mirror(AGENT);
    await waitFor(async () => (await limited.report()).skipped_because['rate-limited'] === 1);
    await waitFor(async () => (await streamed.report()).skipped_because['stream'] === 1);
    const elsewhere: RequestListener = (_request, response) => response.writeHead(307, { location: '/x' }).end();
    const { mirror, reported, before } = await opened(elsewhere, elsewhere);
    await mirror(AGENT);
    expect(await reported(1)).toMatchObject({ verdict: 'equal' });
    expect(before.asked).toHaveLength(1);
  });

  it('answers at once, counts what has no room, and compares the rest', async () => {
    const waiting: (() => void)[] = [];
    const slow: RequestListener = (...args) => void waiting.push(() => json({})(...args));
    const { mirror, report, reported } = await opened(slow, json({}), { queue: 2, concurrency: 1 });
    for (let n = 0; n < 5; n += 1) await mirror(AGENT);
    expect((await report()).totals).toMatchObject({ compared: 0, waiting: 2, dropped: 2 });
    for (let n = 1; n <= 3; n += 1) {
      (await waitFor(() => waiting.shift()))();
      await reported(n);
    }
  });

  it('counts what cannot be compared by reason', async () => {
    const { mirror, report } = await opened(json({}), json({}), { releasePaths: ['/api/v1/agent/agents'] });
    await mirror('/api/v1/agent/agents', 'post');
    await mirror('/api/v1/agent/newer');
    await mirror(`${AGENT}/events`);
    await mirror('/elsewhere');
    expect((await report()).skipped_because).toEqual({ method: 1, 'release-path': 1, stream: 1, prefix: 1 });
  });

  it('has probes, and metrics as docs/metrics.md says', async () => {
    const { shadow, mirror, reported, report } = await opened(json({ a: 1 }), json({ a: 2 }));
    await mirror(AGENT);
    await mirror('/elsewhere');
    await reported(1);
    expect((await report()).totals.skipped).toBe(1);
    shadow.state.markReady();
    for (const path of ['/health', '/ready']) await request(shadow.app).get(path).expect(200);
    const { text } = await request(shadow.app).get('/metrics').expect(200);
    expect(text).toContain('aitbc_shadow_unexplained_total 1\n');
    expect(text).toContain('aitbc_shadow_skipped_total{reason="prefix"} 1\n');
    expect(documentedMetrics('shadow-diff')).toBe(metricsTable(text));
  });

  it('finishes what waits, and leaves the report', async () => {
    const { shadow, mirror, lines } = await opened(json({ a: 1 }), json({ a: 2 }), { failOnDifference: true });
    await mirror(AGENT);
    await mirror(AGENT);
    await shadow.close();
    expect(readdirSync(folder.file('out')).sort()).toEqual(['report.html', 'report.json']);
    const written = JSON.parse(readFileSync(folder.file('out/report.json'), 'utf8')) as ReportDocument;
    expect(written).toMatchObject({ verdict: 'different', totals: { compared: 2, unexplained: 2, dropped: 0 } });
    expect(readFileSync(folder.file('out/report.html'), 'utf8')).toContain('changed-value');
    expect(shadow.verdict()).toBe(1);
    expect(lines.at(-1)).toMatchObject({ event: 'counts', compared: 2, unexplained: 2 });
  });

  it('deserves 0 when nothing differs, and when nobody asked for a verdict', async () => {
    for (const [service, failOnDifference] of [
      [{ a: 1 }, true],
      [{ a: 2 }, false],
    ] as const) {
      const { shadow, mirror } = await opened(json({ a: 1 }), json(service), { failOnDifference });
      await mirror(AGENT);
      await shadow.close();
      expect(shadow.verdict()).toBe(0);
    }
  });
});
