import type { DatabaseEngine } from '@aitbc/shared-core';
import type { EventRow } from './event-row';

/** A raw row of the feed; `data` is null of executions that the reader does not ask for. */
export interface FeedRow extends EventRow {
  readonly place: number;
  readonly seq: number;
}

/**
 * Transactions of smaller ids than this have ended, so that what they have written is seen by the very statement that asks:
 * behind it nothing can appear any more. Ids are given at the first write, and commits come in any order: without this a
 * reader that has seen number 7 would never see number 6, which committed later.
 */
const ALL_ENDED_BEFORE = 'pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

/**
 * `$1`, `$2`, `$3` the place, execution and number after which to read; `$4` how many events are looked at; `$5` null or the
 * owner whose events are wanted. The others come without their data: they tell only how far the reader is.
 */
export function readStatement(engine: DatabaseEngine): string {
  const wanted = engine === 'postgres' ? '$5::text' : '$5';
  return `SELECT e.place AS place, e.execution_id AS execution_id, e.seq AS seq, e.type AS type, e.step_id AS step_id,
      CASE WHEN ${wanted} IS NULL OR x.owner_id = $5 THEN e.data END AS data, e.occurred_at AS occurred_at,
      x.owner_id AS owner_id, x.workflow_id AS workflow_id
    FROM (${engine === 'postgres' ? AFTER_ON_POSTGRES : AFTER_ON_SQLITE} LIMIT $4) e
    JOIN agent_executions x ON x.id = e.execution_id
    ORDER BY e.place, e.execution_id, e.seq`;
}

const COLUMNS = 'execution_id, seq, type, step_id, data, occurred_at';

const AFTER_ON_POSTGRES = `SELECT commit_xid AS place, ${COLUMNS} FROM execution_events
      WHERE (commit_xid, execution_id, seq) > ($1::bigint, $2, $3::integer) AND commit_xid < ${ALL_ENDED_BEFORE}
      ORDER BY commit_xid, execution_id, seq`;

/** There is one writer at a time, and it gives ascending row ids: they ascend in the order of the commits. */
const AFTER_ON_SQLITE = `SELECT rowid AS place, ${COLUMNS} FROM execution_events WHERE rowid > $1 ORDER BY rowid`;

/** The place of the newest event that can be read; changes with every piece of news. */
export function newestStatement(engine: DatabaseEngine): string {
  return engine === 'postgres'
    ? `SELECT max(commit_xid) AS place FROM execution_events WHERE commit_xid < ${ALL_ENDED_BEFORE}`
    : 'SELECT max(rowid) AS place FROM execution_events';
}

/** The place that whatever is committed from now on does not stand before. */
export function endStatement(engine: DatabaseEngine): string {
  return engine === 'postgres'
    ? `SELECT ${ALL_ENDED_BEFORE} AS place`
    : `SELECT max(last_place, COALESCE((SELECT max(rowid) FROM execution_events), 0)) AS place FROM execution_feed`;
}

/**
 * The row id of the next event on SQLite, as an expression. By itself SQLite gives the highest one plus one, and so gives
 * those of deleted rows again: readers that have passed them would never see the new ones.
 */
export const NEXT_ROWID = `(SELECT max(last_place, COALESCE((SELECT max(rowid) FROM execution_events), 0)) + 1
    FROM execution_feed)`;

/** To be run on SQLite in the unit that deletes events, before it does: keeps their row ids from being given again. */
export const KEEP_PLACES = `UPDATE execution_feed
  SET last_place = max(last_place, COALESCE((SELECT max(rowid) FROM execution_events), 0))`;
