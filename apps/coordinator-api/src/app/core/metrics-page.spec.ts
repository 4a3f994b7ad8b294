import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const PAGE = join(__dirname, '../../../../../docs/metrics.md');

const INTRODUCTION = `# Metrics

\`GET /metrics\` answers these in the text format of Prometheus, without credentials, beside what every Node process tells
(\`process_…\`, \`nodejs_…\`; the lag of the event loop is \`nodejs_eventloop_lag_seconds\` with its quantiles). Counters and
histograms count since the start of the process; gauges over the database are the same in each process, and are read at
most once in some seconds however often somebody asks. What cannot be read is left out of the answer, and logged.

<!-- A test compares this page with /metrics, and shows the difference. -->
`;

describe('docs/metrics.md', () => {
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  it('lists each metric of ours with its type and meaning', async () => {
    const { text } = await request(opened.coordinator.app).get('/metrics').expect(200);
    const types = new Map(matches(text, /^# TYPE (aitbc_\S+) (\S+)$/gm));
    const rows = matches(text, /^# HELP (aitbc_\S+) (.*)$/gm)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, help]) => `| \`${name}\` | ${types.get(name)} | ${help} |`);
    const page = `${[INTRODUCTION, '| metric | type | meaning |', '| --- | --- | --- |', ...rows].join('\n')}\n`;
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
    expect(rows.length).toBeGreaterThan(20);
  });

  it('is right about the lag of the event loop', async () => {
    const { text } = await request(opened.coordinator.app).get('/metrics').expect(200);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });
});

function matches(text: string, pattern: RegExp): [string, string][] {
  return [...text.matchAll(pattern)].map(([, name = '', rest = '']) => [name, rest]);
}
