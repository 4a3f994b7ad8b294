import type { Verdict } from '../drills/report/drill-report';
import type { Timeline } from '../drills/report/timeline';
import type { BackupRecord } from './run-backups';

/** What was promised of backups, and what came of it. */
export function backupVerdicts(records: readonly BackupRecord[], wanted: number, timeline: Timeline): Verdict[] {
  const resumed = records.filter(({ unfinished }) => unfinished !== undefined);
  const unfinished = sum(resumed, (record) => record.unfinished ?? 0);
  const { requests, reads, writes, failedReads, failedWrites } = timeline.total();
  return [
    {
      what: 'Backups that restore and verify',
      wanted: `all of ${wanted}`,
      seen: `${records.filter(({ faults }) => faults.length === 0).length} of ${records.length}`,
      kept: records.length === wanted && records.every(({ faults }) => faults.length === 0),
    },
    none(
      'Acknowledged writes that are missing',
      sum(records, ({ missing }) => missing.length),
      sum(records, (record) => record.writes),
    ),
    verified(records, 'receipts'),
    verified(records, 'job receipts'),
    verified(records, 'events'),
    {
      what: `Unfinished executions that finish once, in ${resumed.length} copies that were started`,
      wanted: 'all, and some',
      seen: `${unfinished - sum(resumed, ({ unresumed }) => unresumed.length)} of ${unfinished}`,
      kept: unfinished > 0 && resumed.every(({ unresumed }) => unresumed.length === 0),
    },
    {
      what: 'Failed requests while backups were made',
      wanted: '0',
      seen: `${failedReads + failedWrites} of ${requests}, ${reads} reads and ${writes} writes`,
      kept: requests > 0 && failedReads + failedWrites === 0,
    },
  ];
}

/** What is wrong, a sentence for each. */
export function faultsOf(records: readonly BackupRecord[]): string[] {
  return records.flatMap(({ name, faults, missing, unresumed }) =>
    [...faults, ...missing, ...unresumed].map((fault) => `${name}: ${fault}`),
  );
}

/** A check that had nothing to look at has shown nothing. */
function verified(records: readonly BackupRecord[], check: string): Verdict {
  const counts = records.map(({ checks }) => checks[check] ?? 0);
  return {
    what: `Verified ${check} in each copy`,
    wanted: 'some',
    seen: `${Math.min(...counts)} to ${Math.max(...counts)}`,
    kept: counts.length > 0 && counts.every((count) => count > 0),
  };
}

function none(what: string, found: number, of: number): Verdict {
  return { what, wanted: '0', seen: `${found} of ${of}`, kept: found === 0 && of > 0 };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
