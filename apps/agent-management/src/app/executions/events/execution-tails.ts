import { type Database, GatheredReads, jsonRows, serverEventText, type SqlRunner } from '@aitbc/shared-core';
import { type ExecutionStatus, isFinalExecution } from '@aitbc/shared-domain';
import { cloudEventOf } from './cloud-event';
import { type EventRow, eventRecordOf, type ExecutionEventRecord } from './event-row';

/** Events of one read: since numbers have no gaps, a range of them is a bound. */
const EVENTS_AT_ONCE = 64;
/** Characters of one read. A reader that does not read holds as much. */
const LONGEST_TAIL = 256 * 1024;

/** An execution's events after some number, as they stood at one instant with its status. */
export class ExecutionTail {
  private written: readonly string[] | undefined;

  constructor(
    readonly ownerId: string,
    private readonly status: ExecutionStatus,
    /** Number of the newest event. */
    private readonly newest: number,
    private readonly after: number,
    private readonly events: readonly ExecutionEventRecord[],
  ) {}

  /** Number of the last event that is here; `after` when none is. */
  get last(): number {
    return this.events.at(-1)?.seq ?? this.after;
  }

  /** There are events behind the last one here. */
  get more(): boolean {
    return this.events.length > 0 && this.last < this.newest;
  }

  /**
   * Nothing will follow: it is final, or its history is being deleted, so that what is missing never comes.
   */
  get ended(): boolean {
    if (!isFinalExecution(this.status)) return false;
    const [first] = this.events;
    return first === undefined || first.seq !== this.after + 1 || this.last >= this.newest;
  }

  /** As server-sent events; written once, however many read them. */
  textsFor(source: string): readonly string[] {
    if (this.events[0] && this.events[0].seq !== this.after + 1) return [];
    return (this.written ??= this.events.map((event) =>
      serverEventText({ event: event.type, id: event.seq, data: cloudEventOf(event, source) }),
    ));
  }
}

/**
 * Reads the events of single executions for those who follow them. Readers that are at the same place share one read, and
 * what is asked for at the same time goes together: a hundred executions that are followed by five hundred readers cost a
 * statement for each round of commits, not five hundred.
 */
export class ExecutionTails {
  private readonly reads: GatheredReads<ExecutionTail>;

  constructor(db: Database) {
    this.reads = new GatheredReads(db, (sql, keys) => readTails(db, sql, keys));
  }

  /** The events after number `after`; `undefined` without such an execution. */
  get(executionId: string, after: number): Promise<ExecutionTail | undefined> {
    // PostgreSQL refuses NUL in text, and no execution has one in its id.
    return executionId.includes('\0') ? Promise.resolve(undefined) : this.reads.get(`${after} ${executionId}`);
  }
}

/** What it has of an event is null where there is none. */
interface TailRow extends EventRow {
  readonly key: string;
  readonly status: ExecutionStatus;
  readonly event_seq: number;
  readonly since: number;
  readonly seq: number | null;
}

/** One statement, so that events and status are of one instant: a final status with all its events but the last would end a stream too early. */
export function tailsStatement(engine: Database['engine']): string {
  return `SELECT k.key AS key, x.id AS execution_id, x.workflow_id AS workflow_id, x.owner_id AS owner_id,
      x.status AS status, x.event_seq AS event_seq, k.since AS since, e.seq AS seq, e.type AS type, e.step_id AS step_id,
      e.data AS data, e.occurred_at AS occurred_at
    FROM ${jsonRows(engine, '$1', 'k', { key: 'text', id: 'text', since: 'integer' })}
    JOIN agent_executions x ON x.id = k.id
    LEFT JOIN execution_events e
      ON e.execution_id = x.id AND e.seq > k.since AND e.seq <= k.since + ${EVENTS_AT_ONCE}
    ORDER BY k.key, e.seq`;
}

async function readTails(
  { engine }: Pick<Database, 'engine'>,
  sql: SqlRunner,
  keys: readonly string[],
): Promise<Map<string, ExecutionTail>> {
  const wanted = keys.map((key) => {
    const space = key.indexOf(' ');
    return { key, id: key.slice(space + 1), since: Number(key.slice(0, space)) };
  });
  const rows = await sql.query<TailRow>(tailsStatement(engine), [JSON.stringify(wanted)]);
  const byKey = Map.groupBy(rows, ({ key }) => key);
  return new Map([...byKey].map(([key, own]) => [key, tailOf(own)]));
}

function tailOf(rows: readonly TailRow[]): ExecutionTail {
  const [first] = rows;
  if (!first) throw new Error('a tail without a row');
  const { owner_id, status, event_seq, since } = first;
  return new ExecutionTail(owner_id, status, event_seq, since, shortened(rows).flatMap(eventOf));
}

/** As many as are not too long together, and one at least. */
function shortened(rows: readonly TailRow[]): readonly TailRow[] {
  let length = 0;
  const end = rows.findIndex(({ data }, index) => (length += data?.length ?? 0) > LONGEST_TAIL && index > 0);
  return end < 0 ? rows : rows.slice(0, end);
}

function eventOf(row: TailRow): ExecutionEventRecord[] {
  return row.seq === null ? [] : [eventRecordOf(row, row.seq)];
}
