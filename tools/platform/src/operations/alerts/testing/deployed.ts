import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(__dirname, '..', '..', '..', '..', '..', '..');
export const DEPLOYED = join(ROOT, 'deploy');
export const RULES = join(DEPLOYED, 'prometheus', 'aitbc.rules.yml');

export const FIGURES = join(__dirname, '..', 'unmade-figures.yml');
/** What raises these, no test can make: a disk that fills, and as much memory. */
export const BY_FIGURES = ['AitbcMemoryHigh', 'AitbcStateDiskAlmostFull', 'AitbcStateDiskFilling'];

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

/** The names of all alerts. */
export function alertNames(): string[] {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as RuleFile;
  return groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
}

interface FigureFile {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[];
  }[];
}

/** The names of alerts that figures raise. */
export function figuredAlerts(): string[] {
  const { tests } = parse(readFileSync(FIGURES, 'utf8')) as FigureFile;
  const expected = tests.flatMap(({ alert_rule_test: each }) => each).filter(({ exp_alerts: some }) => some.length > 0);
  return [...new Set(expected.map(({ alertname }) => alertname))];
}

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[];
}

/** What the dashboard asks for, by the titles of its panels, as Grafana asks when it shows the last minutes. */
export function dashboardQueries(): { readonly title: string; readonly expression: string }[] {
  const { panels } = JSON.parse(readFileSync(join(DEPLOYED, 'grafana', 'aitbc.json'), 'utf8')) as Dashboard;
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ title, expression: expr.replaceAll('$__rate_interval', '5m') })),
  );
}
