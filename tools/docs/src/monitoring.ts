import { parse } from 'yaml';
import { readWorkspaceFile } from './workspace';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

export interface Dashboard {
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
}

export function alertRules(): AlertRule[] {
  const { groups } = parse(readWorkspaceFile('deploy/prometheus/aitbc.rules.yml')) as {
    groups: { rules: AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

export function dashboard(): Dashboard {
  return JSON.parse(readWorkspaceFile('deploy/grafana/aitbc.json')) as Dashboard;
}

/** The names of metrics in an expression of PromQL. */
export function metricsIn(expression: string): string[] {
  const bare = expression.replace(/"[^"]*"/g, '""').replace(/#.*$/gm, '');
  return [...bare.matchAll(/\b(?:aitbc|process|nodejs|node)_\w+|\bup\b/g)].map(([name]) => name);
}

/** Pairs of panels that lie on each other. */
export function overlaps(panels: readonly Pick<Panel, 'title' | 'gridPos'>[]): string[] {
  return panels.flatMap(({ title, gridPos: a }, index) =>
    panels
      .slice(index + 1)
      .filter(({ gridPos: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((other) => `${title} and ${other.title}`),
  );
}
