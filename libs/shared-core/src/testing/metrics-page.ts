import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../../../docs/metrics.md');

/** The table of a service's section in `docs/metrics.md`. */
export function documentedMetrics(service: string): string {
  const [, section = ''] = readFileSync(PAGE, 'utf8').split(`\n## ${service}\n`);
  return (section.split('\n## ')[0] ?? '').trim();
}

/** The same table as it should be: a line for each metric of ours in what `/metrics` answers. */
export function metricsTable(text: string): string {
  const types = new Map(matches(text, /^# TYPE (aitbc_\S+) (\S+)$/gm));
  const rows = matches(text, /^# HELP (aitbc_\S+) (.*)$/gm)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, help]) => `| \`${name}\` | ${types.get(name)} | ${help} |`);
  return ['| metric | type | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function matches(text: string, pattern: RegExp): [string, string][] {
  return [...text.matchAll(pattern)].map(([, name = '', rest = '']) => [name, rest]);
}
