import { groupBy, type RunRecord } from './run-record';

/** What a run has gone through, in one line for whoever watches the test. */
export function summaryOf({ acknowledged, effects, events, faults, jobs, recoveryMs }: RunRecord): string {
  const byKind = [...groupBy(faults, ({ kind }) => kind)].map(([kind, some]) => `${some.length} × ${kind}`);
  const codes = groupBy(
    events.filter(({ type }) => type === 'step.retrying'),
    ({ code }) => code ?? 'unknown',
  );
  const retries = [...codes].map(([code, some]) => `${some.length} after ${code}`).join(' and ');
  const again = events.filter(({ type }) => type === 'step.restarted').length;
  const counts = [
    `${acknowledged.length} executions`,
    `${jobs.length} jobs`,
    `${events.length} events`,
    `${effects.length} effects`,
    `${again} steps run again`,
    `retries: ${retries}`,
    `all over ${(recoveryMs / 1_000).toFixed(1)} s after the last fault`,
  ];
  return `${byKind.join(', ')}: ${counts.join(', ')}`;
}
