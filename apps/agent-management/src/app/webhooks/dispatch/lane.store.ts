import { type Database, type DatabaseEngine, jsonRows, skipLocked, type SqlRunner } from '@aitbc/shared-core';
import type { AttemptOutcome } from './attempt';
import type { Receiver } from './delivery-sender';

/** An active webhook that has something to be sent. */
export interface OpenWebhook extends Receiver {
  readonly id: string;
  /** Its first failure since its last success (ms); null when the last attempt succeeded. */
  readonly failingSince: number | null;
  /** When its next lane is due, or the next lease ends (ms). */
  readonly nextDueAt: number;
}

/** So many lanes of this webhook may be taken. */
export interface Wanted {
  readonly webhookId: string;
  readonly lanes: number;
}

/** The right to send the first delivery of a lane, for as long as the lease holds. */
export interface Claim {
  readonly webhookId: string;
  readonly lane: string;
  readonly token: string;
  readonly delivery: ClaimedDelivery;
}

export interface ClaimedDelivery {
  readonly id: string;
  readonly eventType: string;
  readonly payload: string;
  /** Attempts that were made before. */
  readonly attempts: number;
  readonly createdAt: number;
}

export interface Lease {
  /** A different text for each call. */
  readonly token: string;
  readonly now: number;
  readonly untilMs: number;
}

interface OpenRow {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly previous_secret: string | null;
  readonly previous_secret_until: number | string | null;
  readonly failing_since: number | string | null;
  readonly next_due_at: number | string;
}

interface HeadRow {
  readonly id: string;
  readonly lane: string;
  readonly event_type: string;
  readonly payload: string;
  readonly attempts: number;
  readonly created_at: number | string;
}

/**
 * Who sends what, in the database. A lane (one webhook, one execution) is held by one claim at a time, and only its first
 * unfinished delivery is sent: so events of an execution arrive in order, and what fails keeps back nothing but what
 * follows it in its lane. `due_at` is when the lane may be claimed next: now, at the next attempt, or (while it is held)
 * at the end of the lease, so that what a dead process held is due by itself.
 *
 * On PostgreSQL a lane's row is locked before what is in it is looked at: what another unit adds or ends at that moment is
 * then either seen, or sees this.
 */
export class LaneStore {
  constructor(private readonly db: Pick<Database, 'engine' | 'readSql' | 'writeSet'>) {}

  /** Active webhooks with unfinished deliveries. What it costs follows their number, not that of the deliveries. */
  async open(): Promise<OpenWebhook[]> {
    const rows = await this.db.readSql((sql) => sql.query<OpenRow>(OPEN_WEBHOOKS));
    return rows.map((row) => ({
      id: row.id,
      url: row.url,
      secret: row.secret,
      previousSecret: row.previous_secret,
      previousSecretUntil: numberOrNull(row.previous_secret_until),
      failingSince: numberOrNull(row.failing_since),
      nextDueAt: Number(row.next_due_at),
    }));
  }

  /** Takes due lanes, those that have been due for longest first. */
  claim(wanted: readonly Wanted[], lease: Lease): Promise<Claim[]> {
    return this.db.writeSet(async (sql) => {
      const claims: Claim[] = [];
      for (const each of wanted) claims.push(...(await this.claimOf(sql, each, lease)));
      return claims;
    });
  }

  private async claimOf(sql: SqlRunner, { webhookId, lanes }: Wanted, { token, now, untilMs }: Lease) {
    const { engine } = this.db;
    const parameters = [webhookId, now, lanes, token, untilMs];
    const taken = await sql.query<{ lane: string }>(claimStatement(engine), parameters);
    if (taken.length === 0) return [];
    const heads = await sql.query<HeadRow>(headsStatement(engine), [JSON.stringify(taken), webhookId]);
    // A lane whose deliveries were deleted has nothing to send, and would come up again and again.
    const filled = new Set(heads.map(({ lane }) => lane));
    for (const { lane } of taken) if (!filled.has(lane)) await letGo(sql, webhookId, lane, now);
    return heads.map((row): Claim => ({ webhookId, lane: row.lane, token, delivery: deliveryOf(row) }));
  }

  /**
   * Keeps what came of an attempt, and lets the lane go: to its next delivery, to the next attempt, or away when it has
   * none. False when the lease was lost: another process has sent it too, and tells what came of that.
   */
  settle({ webhookId, lane, token, delivery }: Claim, outcome: AttemptOutcome, now: number): Promise<boolean> {
    const { engine } = this.db;
    return this.db.writeSet(async (sql) => {
      if (!(await holds(sql, engine, { webhookId, lane, token }))) return false;
      const { status, statusCode, error, nextAttemptAt } = outcome;
      const completedAt = status === 'retrying' ? null : now;
      const result = [status, statusCode, error, now, nextAttemptAt, completedAt];
      await sql.query(SETTLE, [delivery.id, ...result]);
      await letGo(sql, webhookId, lane, nextAttemptAt ?? now);
      return true;
    });
  }

  /** Lets a lane go as if it had not been taken. */
  handBack({ webhookId, lane, token }: Pick<Claim, 'webhookId' | 'lane' | 'token'>, now: number): Promise<void> {
    return this.db.writeSet(async (sql) => {
      if (await holds(sql, this.db.engine, { webhookId, lane, token })) await letGo(sql, webhookId, lane, now);
    });
  }
}

/**
 * From one webhook to the next by the index, passing over all lanes between. A recursive term may hold no aggregate on
 * PostgreSQL, hence the sub-selects.
 */
export const OPEN_WEBHOOKS = `
  WITH RECURSIVE waiting(webhook_id) AS (
    SELECT (SELECT min(webhook_id) FROM webhook_lanes)
    UNION ALL
    SELECT (SELECT min(l.webhook_id) FROM webhook_lanes l WHERE l.webhook_id > waiting.webhook_id)
    FROM waiting WHERE waiting.webhook_id IS NOT NULL
  )
  SELECT w.id, w.url, w.secret, w.previous_secret, w.previous_secret_until, w.failing_since,
    (SELECT min(d.due_at) FROM webhook_lanes d WHERE d.webhook_id = w.id) AS next_due_at
  FROM waiting JOIN webhooks w ON w.id = waiting.webhook_id WHERE w.active`;

/** The lanes to take stand apart, so that no plan evaluates them twice and takes more than the limit. */
export function claimStatement(engine: DatabaseEngine): string {
  return `WITH due AS (
      SELECT lane FROM webhook_lanes WHERE webhook_id = $1 AND due_at <= $2
      ORDER BY due_at LIMIT $3 ${skipLocked(engine)}
    )
    UPDATE webhook_lanes SET lease_token = $4, due_at = $5
    WHERE webhook_id = $1 AND lane IN (SELECT lane FROM due)
    RETURNING lane`;
}

export function headsStatement(engine: DatabaseEngine): string {
  return `SELECT d.id, d.lane, d.event_type, d.payload, d.attempts, d.created_at
    FROM ${jsonRows(engine, '$1', 'b', { lane: 'text' })}
    JOIN webhook_deliveries d ON d.webhook_id = $2 AND d.lane = b.lane AND d.completed_at IS NULL
    WHERE d.seq = (
      SELECT min(o.seq) FROM webhook_deliveries o
      WHERE o.webhook_id = d.webhook_id AND o.lane = d.lane AND o.completed_at IS NULL)`;
}

const SETTLE = `
  UPDATE webhook_deliveries SET status = $2, attempts = attempts + 1, last_status_code = $3, last_error = $4,
    last_attempt_at = $5, next_attempt_at = $6, completed_at = $7
  WHERE id = $1`;

const UNFINISHED = `
  SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1 AND lane = $2 AND completed_at IS NULL LIMIT 1`;

const RELEASE = 'UPDATE webhook_lanes SET lease_token = NULL, due_at = $3 WHERE webhook_id = $1 AND lane = $2';
const REMOVE = 'DELETE FROM webhook_lanes WHERE webhook_id = $1 AND lane = $2';

async function holds(
  sql: SqlRunner,
  engine: DatabaseEngine,
  { webhookId, lane, token }: Pick<Claim, 'webhookId' | 'lane' | 'token'>,
): Promise<boolean> {
  const locked = engine === 'postgres' ? 'FOR UPDATE' : '';
  const held = await sql.query(
    `SELECT 1 FROM webhook_lanes WHERE webhook_id = $1 AND lane = $2 AND lease_token = $3 ${locked}`,
    [webhookId, lane, token],
  );
  return held.length > 0;
}

async function letGo(sql: SqlRunner, webhookId: string, lane: string, dueAt: number): Promise<void> {
  const [more] = await sql.query(UNFINISHED, [webhookId, lane]);
  if (more) await sql.query(RELEASE, [webhookId, lane, dueAt]);
  else await sql.query(REMOVE, [webhookId, lane]);
}

/** PostgreSQL gives 64-bit numbers as text. */
function numberOrNull(value: number | string | null): number | null {
  return value === null ? null : Number(value);
}

function deliveryOf(row: HeadRow): ClaimedDelivery {
  const { id, event_type: eventType, payload, attempts } = row;
  return { id, eventType, payload, attempts, createdAt: Number(row.created_at) };
}
