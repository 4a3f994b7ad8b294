import type { Summary } from '../drills/report/aggregate';
import type { PhaseSummary } from '../drills/report/phase';
import type { Timeline } from '../drills/report/timeline';
import type { Verdict } from '../drills/report/drill-report';
import type { LoadOutcome } from '../load/work';
import type { ShadowReport } from './shadow-report';

/** What was promised of the load and its writes, and what came of it. */
export function loadVerdicts(timeline: Timeline, outcome: LoadOutcome, perSecond: number): Verdict[] {
  const phases = timeline.phases();
  const calm = phases.filter(({ tolerates }) => tolerates === 'nothing');
  const rate =
    sum(phases, ({ requests }) => requests) / (sum(phases, ({ beganMs, endedMs }) => endedMs - beganMs) / 1_000);
  const { reads, writes } = timeline.total();
  return [
    {
      what: 'Load of reads and writes',
      wanted: `at least ${perSecond} requests/s`,
      seen: `${rate.toFixed(0)} requests/s, ${reads} reads and ${writes} writes`,
      kept: rate >= perSecond,
    },
    none(
      'Failed requests, except while a server is killed',
      sum(calm, ({ untolerated }) => untolerated),
      sum(calm, ({ requests }) => requests),
    ),
    ...outageVerdicts(phases),
    none('Acknowledged writes that are lost', outcome.lost.length, outcome.writes),
    none('Writes that were done twice', outcome.doubled.length, outcome.writes),
    none('Executions that did not finish exactly once', outcome.unfinished.length, outcome.executions),
  ];
}

/** Each of these must have answered, or the drill has shown nothing of it. */
export function servedVerdict(total: Summary, servers: readonly string[]): Verdict {
  const idle = servers.filter((server) => (total.byServer[server] ?? 0) === 0);
  return {
    what: 'Who answered',
    wanted: servers.join(', '),
    seen: servers.map((server) => `${server} ${total.byServer[server] ?? 0}`).join(', '),
    kept: idle.length === 0,
  };
}

export function shadowVerdict({ totals: { compared, unexplained } }: ShadowReport): Verdict {
  return {
    what: 'Unexplained differences between both sides',
    wanted: '0, and some reads compared',
    seen: `${unexplained} of ${compared} compared`,
    kept: unexplained === 0 && compared > 0,
  };
}

function outageVerdicts(phases: readonly PhaseSummary[]): Verdict[] {
  const killed = phases.filter(({ tolerates }) => tolerates !== 'nothing');
  if (killed.length === 0) return [];
  const failedWrites = sum(killed, (phase) => phase.failedWrites);
  const verdict = none(
    'Failed reads while a server is killed',
    sum(killed, ({ untolerated }) => untolerated),
    sum(killed, (phase) => phase.reads),
  );
  return [{ ...verdict, seen: `${verdict.seen}; ${failedWrites} writes failed, unacknowledged` }];
}

function none(what: string, found: number, of: number): Verdict {
  return { what, wanted: '0', seen: `${found} of ${of}`, kept: found === 0 };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
