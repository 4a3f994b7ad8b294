import { type Database, type DatabaseEngine, jsonRows, readFlag } from '@aitbc/shared-core';

/** How far events have been made deliveries. */
export interface FanOutPlace {
  /** Null while there has never been a webhook. */
  readonly position: string | null;
  /** Whether any webhook wants events now. */
  readonly wanted: boolean;
}

/** What of a webhook says which events it gets. */
export interface Subscription {
  readonly webhookId: string;
  readonly ownerId: string;
  readonly eventTypes: readonly string[];
  readonly workflowId: string | null;
}

/** A delivery to be: one event for one webhook. */
export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly lane: string;
  readonly seq: number;
  readonly eventType: string;
  readonly payload: string;
}

interface SubscriptionRow {
  readonly id: string;
  readonly owner_id: string;
  readonly event_types: string;
  readonly workflow_id: string | null;
}

/** The place in the feed, and the deliveries that come of it. */
export class FanOutStore {
  constructor(private readonly db: Pick<Database, 'engine' | 'readSql' | 'writeSet'>) {}

  async place(): Promise<FanOutPlace> {
    const [row] = await this.db.readSql((sql) => sql.query<{ position: string | null; wanted: unknown }>(PLACE));
    if (!row) throw new Error('the table webhook_feed has lost its row');
    return { position: row.position, wanted: readFlag(row.wanted) };
  }

  /** Active webhooks of these owners. */
  async subscriptions(owners: readonly string[]): Promise<Subscription[]> {
    const parameter = JSON.stringify(owners.map((owner_id) => ({ owner_id })));
    const rows = await this.db.readSql((sql) =>
      sql.query<SubscriptionRow>(subscriptionsStatement(this.db.engine), [parameter]),
    );
    return rows.map((row) => ({
      webhookId: row.id,
      ownerId: row.owner_id,
      eventTypes: JSON.parse(row.event_types) as string[],
      workflowId: row.workflow_id,
    }));
  }

  /**
   * Stores deliveries and moves on, both or neither; false when another process has moved on from `from` before. Moving
   * on comes first: it locks the row, so that of two processes at one place the second finds it left.
   */
  advance(from: string, to: string, deliveries: readonly NewDelivery[], now: number): Promise<boolean> {
    const { engine } = this.db;
    return this.db.writeSet(async (sql) => {
      const moved = await sql.query(ADVANCE, [from, to]);
      if (moved.length === 0) return false;
      if (deliveries.length > 0) {
        await sql.query(openLanesStatement(engine), [JSON.stringify(lanesOf(deliveries)), now]);
        await sql.query(insertStatement(engine), [JSON.stringify(deliveries.map(rowOf)), now]);
      }
      return true;
    });
  }
}

export const PLACE = `
  SELECT position, EXISTS (SELECT 1 FROM webhooks WHERE active) AS wanted FROM webhook_feed WHERE id = 1`;

export function subscriptionsStatement(engine: DatabaseEngine): string {
  return `SELECT w.id, w.owner_id, w.event_types, w.workflow_id
    FROM ${jsonRows(engine, '$1', 'b', { owner_id: 'text' })} JOIN webhooks w ON w.owner_id = b.owner_id
    WHERE w.active`;
}

const ADVANCE = 'UPDATE webhook_feed SET position = $2 WHERE id = 1 AND position = $1 RETURNING id';

/**
 * A lane that is there keeps its time: it is due, waits for a retry, or is being sent. It is locked all the same, so that
 * whoever ends its last delivery at this moment, and would take it away, sees the new ones first.
 */
export function openLanesStatement(engine: DatabaseEngine): string {
  return `INSERT INTO webhook_lanes (webhook_id, lane, due_at)
    SELECT b.webhook_id, b.lane, CAST($2 AS bigint) FROM ${jsonRows(engine, '$1', 'b', LANE)} WHERE true
    ON CONFLICT (webhook_id, lane) DO UPDATE SET due_at = webhook_lanes.due_at`;
}

/** The unique key makes an event one delivery for each webhook, whatever is done twice. */
export function insertStatement(engine: DatabaseEngine): string {
  return `INSERT INTO webhook_deliveries
      (id, webhook_id, lane, seq, event_type, payload, status, attempts, created_at)
    SELECT b.id, b.webhook_id, b.lane, b.seq, b.event_type, b.payload, 'pending', 0, CAST($2 AS bigint)
    FROM ${jsonRows(engine, '$1', 'b', DELIVERY)} WHERE true
    ON CONFLICT (webhook_id, lane, seq) DO NOTHING`;
}

const LANE = { webhook_id: 'text', lane: 'text' } as const;
const DELIVERY = { id: 'text', ...LANE, seq: 'integer', event_type: 'text', payload: 'text' } as const;

/** Each once, and in one order everywhere: two units that lock several lanes must not wait for each other in a circle. */
export function lanesOf(deliveries: readonly Pick<NewDelivery, 'webhookId' | 'lane'>[]) {
  const lanes = new Map(
    deliveries.map(({ webhookId, lane }) => [`${webhookId} ${lane}`, { webhook_id: webhookId, lane }]),
  );
  return [...lanes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lane]) => lane);
}

function rowOf({ id, webhookId, lane, seq, eventType, payload }: NewDelivery) {
  return { id, webhook_id: webhookId, lane, seq, event_type: eventType, payload };
}
