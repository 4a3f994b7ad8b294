import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What drills and tests read of the comparison's report. */
export interface ShadowReport {
  readonly verdict: string;
  readonly totals: Readonly<Record<'compared' | 'unexplained' | 'skipped' | 'dropped', number>>;
  readonly skipped_because: Readonly<Record<string, number>>;
  readonly routes: readonly { readonly route: string }[];
  readonly differences: readonly ShadowDifference[];
}

interface ShadowDifference {
  readonly route: string;
  readonly kind: string;
  readonly pointer: string;
  readonly count: number;
  /** Why it may be; null when nobody knows. */
  readonly explanation: string | null;
  readonly examples: readonly { readonly release: string; readonly service: string }[];
}

/** @param folder where the comparison has left its report */
export function readShadowReport(folder: string): ShadowReport {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as ShadowReport;
}

/** The differences that nobody can explain. */
export function unexplained({ differences }: ShadowReport): ShadowDifference[] {
  return differences.filter(({ explanation }) => explanation === null);
}

/** A sentence for each difference that nobody can explain. */
export function unexplainedDifferences(report: ShadowReport): string[] {
  return unexplained(report).map(({ route, kind, pointer, count, examples: [example] }) => {
    const values = example ? `: ${example.release} against ${example.service}` : '';
    return `${count} × ${kind} ${pointer} at ${route}${values}`;
  });
}
