import { collectDefaultMetrics, Registry } from 'prom-client';
import { headingAnchors } from './markdown';
import { alertRules, dashboard, metricsIn, overlaps } from './monitoring';
import { readWorkspaceFile } from './workspace';

/** Of Prometheus itself, and of node_exporter. */
const OF_OTHERS = ['up', 'node_filesystem_avail_bytes', 'node_filesystem_size_bytes'];

const rules = alertRules();
const { schemaVersion, panels, templating } = dashboard();
const shown = panels.filter(({ type }) => type !== 'row');

function ofEveryProcess(): string[] {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register.getMetricsAsArray().map(({ name }) => name);
}

/** Each that may be asked for, with the series of a histogram. */
const known = new Set([
  ...OF_OTHERS,
  ...[...readWorkspaceFile('docs/metrics.md').matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => name + part) : [name],
  ),
  ...ofEveryProcess().flatMap((name) => [name, `${name}_sum`, `${name}_count`]),
]);

const unknownIn = (expression: string) => metricsIn(expression).filter((name) => !known.has(name));

describe('the alerts', () => {
  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that there are', (_, { expr }) => {
    expect(metricsIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s says how urgent it is, and what it is', (_, rule) => {
    expect(['page', 'ticket']).toContain(rule.labels['severity']);
    expect(Object.keys(rule.annotations).sort()).toEqual(['description', 'runbook', 'summary']);
  });

  it('have names of their own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('are noticed when they ask for what there is not', () => {
    expect(unknownIn('rate(aitbc_jobs_total{state="aitbc_nothing"}[5m]) > 3 # aitbc_none')).toEqual([
      'aitbc_jobs_total',
    ]);
    expect(unknownIn('aitbc_http_request_duration_seconds')).toHaveLength(1);
  });
});

describe('the runbook', () => {
  const page = readWorkspaceFile('docs/runbook.md');
  const [, section = ''] = page.split('\n## Alerts\n');
  const entries = new Map(
    (section.split(/\n## /)[0] ?? '')
      .split(/^### /m)
      .slice(1)
      .map((entry) => [entry.slice(0, entry.indexOf('\n')), entry] as const),
  );

  it('has an entry for each alert, and none for another', () => {
    expect([...entries.keys()]).toEqual(rules.map(({ alert }) => alert));
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    'is where %s leads',
    (name, { annotations: { runbook } }) => {
      expect(runbook).toBe(`docs/runbook.md#${name.toLowerCase()}`);
      expect(headingAnchors(page)).toContain(name.toLowerCase());
    },
  );

  it.each([...entries])('says for %s who notices, where to look, what to do and when it is over', (_, entry) => {
    const order = ['\n**Users** ', '\n**Look**', '\n```sh\n', '\n**Do**', '\n**Over** when '].map((part) =>
      entry.indexOf(part),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });
});

describe('the dashboard', () => {
  it('is of a current Grafana, and asks the Prometheus that is chosen', () => {
    expect(schemaVersion).toBeGreaterThanOrEqual(41);
    expect(templating.list).toContainEqual(expect.objectContaining({ name: 'datasource', type: 'datasource' }));
    const uids = shown.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((each) => each.datasource),
    ]);
    expect(new Set(uids.map((each) => each?.uid))).toEqual(new Set(['${datasource}']));
  });

  it.each(shown.map((panel) => [panel.title, panel] as const))(
    'explains %s, and asks for what there is',
    (title, panel) => {
      expect(title).not.toBe('');
      expect(panel.description).toMatch(/\.$/);
      expect(panel.fieldConfig?.defaults.unit).toMatch(/./);
      const { targets = [] } = panel;
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) {
        expect(metricsIn(expr)).not.toEqual([]);
        expect(unknownIn(expr)).toEqual([]);
      }
    },
  );

  it('has each panel once, in a place of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    expect(overlaps(panels)).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const asked = new Set(shown.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr))));
    const ours = [...readWorkspaceFile('docs/metrics.md').matchAll(/^\| `(aitbc_\w+)`/gm)].map(([, name = '']) => name);
    expect(ours.filter((name) => !['', '_bucket', '_count'].some((part) => asked.has(name + part)))).toEqual([]);
  });

  it('is noticed when panels lie on each other', () => {
    const at = (title: string, x: number) => ({ title, gridPos: { x, y: 0, w: 8, h: 8 } });
    expect(overlaps([at('a', 0), at('b', 8), at('c', 7)])).toEqual(['a and c', 'b and c']);
  });
});
