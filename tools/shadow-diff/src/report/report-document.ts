import type { DifferenceReport, Report, Results, RouteResults } from './report';

/** What is answered at `/report.json`, and written when the process ends. */
export interface ReportDocument {
  readonly release: string;
  readonly service: string;
  readonly started_at: string;
  readonly at: string;
  readonly verdict: Verdict;
  readonly totals: Readonly<Results> & { readonly dropped: number; readonly skipped: number; readonly waiting: number };
  /** By number of further reads. */
  readonly settled_after: Readonly<Record<string, number>>;
  readonly skipped_because: Readonly<Record<string, number>>;
  /** Times that a difference was met for which the list below has no place any more. */
  readonly unlisted_differences: number;
  readonly routes: readonly RouteResults[];
  readonly differences: readonly DifferenceReport[];
}

/** `explained`: there are differences, each with a reason. */
export type Verdict = 'nothing-compared' | 'equal' | 'explained' | 'different';

export interface Compared {
  readonly release: string;
  readonly service: string;
  /** Requests that wait to be compared. */
  readonly waiting: number;
}

export function reportDocument(report: Report, { release, service, waiting }: Compared): ReportDocument {
  const skipped = [...report.skipped.values()].reduce((sum, count) => sum + count, 0);
  return {
    release,
    service,
    started_at: report.startedAt,
    at: new Date().toISOString(),
    verdict: verdictOf(report.totals),
    totals: { ...report.totals, dropped: report.dropped, skipped, waiting },
    settled_after: Object.fromEntries(report.settledAfter),
    skipped_because: Object.fromEntries(report.skipped),
    unlisted_differences: report.unlisted,
    routes: report.listRoutes(),
    differences: report.listDifferences(),
  };
}

function verdictOf({ compared, explained, unexplained }: Results): Verdict {
  if (unexplained > 0) return 'different';
  if (explained > 0) return 'explained';
  return compared > 0 ? 'equal' : 'nothing-compared';
}
