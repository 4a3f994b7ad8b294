import { type ExecutionStatus, isFinalExecution } from '@aitbc/shared-domain';
import { type OnProgress, pagesOf, type StoredDatabase } from '../backup/stored-database';
import { Findings, type RestoreCheck } from './checks';

const DAY_MS = 86_400_000;
const EXECUTIONS_AT_ONCE = 500;

interface HistoryRow {
  readonly id: string;
  readonly status: ExecutionStatus;
  readonly event_seq: number;
  readonly completed_at: number | null;
  readonly events: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Events that stand before their predecessor in the feed. */
  readonly out_of_order: number;
}

/** What is known of the database when it was backed up. */
export interface BackedUp {
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly startedAt: number;
}

/** Where an event stands in the feed. */
const PLACE = { sqlite: 'e.rowid', postgres: 'e.commit_xid' } as const;

/** Goes by the key of the events, a page of executions at a time. */
function historiesStatement(engine: StoredDatabase['engine']): string {
  return `SELECT id, status, event_seq, completed_at, count(seq) AS events, min(seq) AS low, max(seq) AS high,
      COALESCE(sum(CASE WHEN place < earlier THEN 1 ELSE 0 END), 0) AS out_of_order
    FROM (
      SELECT x.id, x.status, x.event_seq, x.completed_at, e.seq, ${PLACE[engine]} AS place,
        lag(${PLACE[engine]}) OVER (PARTITION BY x.id ORDER BY e.seq) AS earlier
      FROM (SELECT id, status, event_seq, completed_at FROM agent_executions WHERE id > $1
            ORDER BY id LIMIT ${EXECUTIONS_AT_ONCE}) x
      LEFT JOIN execution_events e ON e.execution_id = x.id
    ) history
    GROUP BY id, status, event_seq, completed_at ORDER BY id`;
}

/** Whether each execution has its events from the first to the last one that it counts, in the order of the feed. */
export async function verifyEvents(
  database: StoredDatabase,
  { counts, startedAt }: BackedUp,
  onProgress: OnProgress,
): Promise<RestoreCheck> {
  const findings = new Findings();
  let [executions, leaving] = [0, 0];
  for await (const rows of pagesOf<HistoryRow>(database, historiesStatement(database.engine))) {
    for (const row of rows) {
      findings.look(row.events);
      if (isBeingDeleted(row, startedAt)) leaving += 1;
      else for (const fault of faultsOf(row)) findings.fault(fault);
    }
    executions += rows.length;
    onProgress(executions, counts['agent_executions'] ?? 0);
  }
  const gone = leaving > 0 ? `; ${leaving} were being deleted by retention` : '';
  return findings.check('events', `gap-free in each of ${executions} executions, in the order of the feed${gone}`);
}

function faultsOf({ id, event_seq: last, events, low, high, out_of_order: misplaced }: HistoryRow): string[] {
  const whole = events === last && (last === 0 || (low === 1 && high === last));
  return [
    ...(whole ? [] : [`${id} counts ${last} events and has ${events}, ${low ?? 'none'} to ${high ?? 'none'}`]),
    ...(misplaced > 0 ? [`${misplaced} events of ${id} stand before earlier ones in the feed`] : []),
  ];
}

/**
 * Retention deletes the events of a large execution in pieces, the oldest first, and itself at last. It keeps each for a day
 * at least after its end.
 */
function isBeingDeleted(row: HistoryRow, startedAt: number): boolean {
  const { status, completed_at: endedAt, event_seq: last, events, low, high } = row;
  if (!isFinalExecution(status) || endedAt === null || endedAt > startedAt - DAY_MS) return false;
  const rest = low === null ? 0 : last - low + 1;
  return events < last && events === rest && (high === null || high === last);
}
