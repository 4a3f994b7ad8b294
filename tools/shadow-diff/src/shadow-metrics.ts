import type { MetricsSource, Sample } from '@aitbc/shared-core';
import type { Report } from './report/report';

/** The report's numbers, as Prometheus reads them. */
export function shadowMetrics(report: Report, waiting: () => number): MetricsSource[] {
  const one = (read: () => number) => (): Sample[] => [{ value: read() }];
  const counter = (name: string, help: string, read: () => number): MetricsSource => ({
    ...{ name: `aitbc_shadow_${name}_total`, help, kind: 'counter', collect: one(read) },
  });
  const { totals } = report;
  return [
    counter('compared', 'Requests whose answers were compared.', () => totals.compared),
    counter('equal', 'Compared requests that were answered alike.', () => totals.equal),
    counter('settled', 'Compared requests that were answered alike when they were asked again.', () => totals.settled),
    counter(
      'volatile',
      'Compared requests that were answered alike but for what no two answers have in common.',
      () => totals.volatile,
    ),
    counter(
      'explained',
      'Compared requests that were answered differently, with a reason for each difference.',
      () => totals.explained,
    ),
    counter(
      'unexplained',
      'Compared requests that were answered differently without a reason.',
      () => totals.unexplained,
    ),
    counter('dropped', 'Requests that had no room and were not compared.', () => report.dropped),
    {
      name: 'aitbc_shadow_skipped_total',
      help: 'Requests that cannot be compared, by reason.',
      kind: 'counter',
      labels: ['reason'],
      collect: () => [...report.skipped].map(([reason, value]) => ({ labels: { reason }, value })),
    },
    {
      name: 'aitbc_shadow_waiting',
      help: 'Requests that wait to be compared.',
      kind: 'gauge',
      collect: one(waiting),
    },
  ];
}
