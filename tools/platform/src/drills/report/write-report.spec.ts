import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDrill, outcomeOf } from './drill-report';
import { reportPage } from './html/page';
import { BROKEN, KEPT, ManualTimeline, sampleDrill } from './testing/sample-drill';
import { writeReport } from './write-report';

const HOSTILE = `</title></style><script>alert("x")</script><img src=x onerror='y'>&amp;`;

describe('the report of a drill', () => {
  let root: string;

  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'aitbc-report-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is written as JSON that gives it back, beside a page, with a link to the latest', async () => {
    const first = { ...(await sampleDrill()), startedAt: '2026-01-02T03:04:05.678Z' };
    const second = { ...first, startedAt: '2026-01-02T04:00:00.000Z' };
    const written = writeReport(first, root);
    expect(written.folder).toBe(join(root, 'cutover-20260102-030405'));
    expect(JSON.parse(readFileSync(written.json, 'utf8'))).toEqual(first);
    expect(readFileSync(written.html, 'utf8')).toBe(reportPage(first));
    writeReport(second, root);
    expect(readlinkSync(join(root, 'cutover'))).toBe('cutover-20260102-040000');
    expect(readdirSync(root).sort()).toEqual(['cutover', 'cutover-20260102-030405', 'cutover-20260102-040000']);
    expect(readdirSync(written.folder).sort()).toEqual(['report.html', 'report.json']);
  });

  it('refuses a name that would lead elsewhere', async () => {
    const report = await sampleDrill();
    expect(() => writeReport({ ...report, name: '../cutover' }, root)).toThrow('no name for a folder');
    expect(readdirSync(root)).toEqual([]);
  });

  it('says first that a promise was broken', async () => {
    const page = reportPage(await sampleDrill({ verdicts: [KEPT, BROKEN] }));
    const [, body = ''] = page.split('<body>');
    expect(page).toContain('<title>Broken: cutover drill</title>');
    expect(body.trimStart()).toMatch(/^<h1 class="broken">Broken: 1 of 2 promises not kept<\/h1>/);
  });

  it('calls a drill kept only when something was judged and every phase came to its end', async () => {
    const report = await sampleDrill();
    expect(outcomeOf(report)).toEqual({ kept: true, sentence: 'Kept: the one promise' });
    expect(outcomeOf({ ...report, verdicts: [] }).kept).toBe(false);
    const timeline = new ManualTimeline();
    void timeline.span({ name: 'restart', tolerates: 'nothing' }, () => Promise.withResolvers<void>().promise);
    const cut = describeDrill({ name: 'cutover', options: {}, verdicts: [KEPT] }, timeline);
    expect(outcomeOf(cut)).toEqual({
      kept: false,
      sentence: 'Broken off: the phase “restart” did not come to its end',
    });
    expect(reportPage(cut)).toContain('did not come to its end');
  });

  it('escapes whatever comes from outside', async () => {
    const verdict = { what: HOSTILE, wanted: HOSTILE, seen: HOSTILE, kept: true };
    const failures = [{ atMs: 25_000, kind: 'read' as const, reason: HOSTILE }];
    const sample = await sampleDrill({ flips: 1, name: HOSTILE, failures, verdicts: [verdict] });
    const page = reportPage({
      ...sample,
      options: { [HOSTILE]: HOSTILE },
      notes: { [HOSTILE]: { [HOSTILE]: [HOSTILE] } },
      phases: sample.phases.map((phase) => ({ ...phase, state: 'threw' as const, error: HOSTILE })),
      series: {
        ...sample.series,
        columns: sample.series.columns.map((each) => ({ ...each, byServer: { [HOSTILE]: 1 } })),
      },
      total: { ...sample.total, byServer: { [HOSTILE]: 1 } },
    });
    const tags = new Set(Array.from(page.matchAll(/<\/?([a-z0-9]+)/g), ([, tag]) => tag));
    expect(tags).not.toContain('script');
    expect(tags).not.toContain('img');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10);
  });

  it('needs nothing but itself', async () => {
    expect(reportPage(await sampleDrill())).not.toMatch(/(src|href)=|url\(|@import|https?:/);
  });

  it('shows the first 50 failed requests, and says how many there are', async () => {
    const failures = Array.from({ length: 60 }, (_, index) => ({
      atMs: 20_000 + index * 10,
      kind: 'write' as const,
      reason: `POST /${index}: 502`,
    }));
    const page = reportPage(await sampleDrill({ failures }));
    expect(page).toContain('The first 50 of 60.');
    expect(page).toContain('POST /49: 502');
    expect(page).not.toContain('POST /50: 502');
  });
});
