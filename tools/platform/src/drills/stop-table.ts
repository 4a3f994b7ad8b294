import type { Tally } from '../load/tally';
import type { Progress } from '../progress';
import type { StopReport } from './stop-under-load';

const SHOWN_FAILURES = 10;
const WIDTHS = [9, 9, 8, 9, 13];
const HEAD = ['', 'answered', 'failed', 'leaving', 'replacement'];

/** Shows a line of a table for each phase of a stop. */
export function showPhase(progress: Progress, [leaving, replacement]: readonly [string, string]) {
  progress.show(row(HEAD));
  return (phase: string, tally: Tally): void => {
    const counts = [tally.answered, tally.failures.length, tally.answeredBy(leaving), tally.answeredBy(replacement)];
    progress.show(row([phase, ...counts.map(String)]));
  };
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0] ?? 0) : cell.padStart(WIDTHS[index] ?? 0)))
    .join('');
}

/** No request failed, no acknowledged write is missing, and the process ended in order after it had been used. */
export function isClean({ tally, lostWrites, exitCode, ...answered }: StopReport): boolean {
  const used = answered.answeredByLeaving > 0 && answered.answeredByReplacement > 0;
  return tally.failures.length === 0 && lostWrites.length === 0 && exitCode === '0' && used;
}

/** What a person wants to know of one stop. */
export function showReport(report: StopReport, progress: Progress): void {
  const { tally, acknowledgedWrites, lostWrites, exitCode, stopMs } = report;
  const { p50, p99, max } = tally.latency();
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  progress.show(
    [
      `requests   ${tally.answered + tally.failures.length}, ${tally.failures.length} failed`,
      `writes     ${acknowledgedWrites} acknowledged, ${lostWrites.length} lost`,
      `latency    p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(max)}`,
      `process    ended with ${exitCode}, ${stopMs} ms after SIGTERM`,
      ...tally.failures
        .slice(0, SHOWN_FAILURES)
        .map(({ atMs, request, reason }) => `  ${atMs} ms: ${request}: ${reason}`),
      ...lostWrites.slice(0, SHOWN_FAILURES).map((sentence) => `  ${sentence}`),
    ].join('\n'),
  );
}
