import type { Database, SqlValue } from '@aitbc/shared-core';

/** Deletes deliveries and webhooks whose time is over. Any number of processes may delete at once. */
export class WebhookRetentionStore {
  constructor(private readonly db: Pick<Database, 'readSql' | 'writeSet'>) {}

  /** Deletes up to `limit` deliveries that were finished before `before`; how many. */
  removeFinished(before: number, limit: number): Promise<number> {
    return this.write(REMOVE_FINISHED, [before, limit]);
  }

  /** Webhooks that were removed, or have been off since before `before`: what they have not been sent is sent no more. */
  async abandoned(before: number): Promise<{ id: string; removed: boolean }[]> {
    const rows = await this.db.readSql((sql) => sql.query<{ id: string; deleted_at: unknown }>(ABANDONED, [before]));
    return rows.map(({ id, deleted_at }) => ({ id, removed: deleted_at !== null }));
  }

  /** Deletes up to `limit` unfinished deliveries; how many. */
  removeUnfinished(webhookId: string, limit: number): Promise<number> {
    return this.write(REMOVE_UNFINISHED, [webhookId, limit]);
  }

  /** Deletes up to `limit` deliveries; how many. */
  removeDeliveries(webhookId: string, limit: number): Promise<number> {
    return this.write(REMOVE_DELIVERIES, [webhookId, limit]);
  }

  /** Deletes up to `limit` lanes that nothing is left of; how many. */
  removeLanes(webhookId: string, limit: number): Promise<number> {
    return this.write(REMOVE_LANES, [webhookId, limit]);
  }

  async removeWebhook(webhookId: string): Promise<void> {
    await this.write(REMOVE_WEBHOOK, [webhookId]);
  }

  private async write(statement: string, parameters: readonly SqlValue[]): Promise<number> {
    const rows = await this.db.writeSet((sql) => sql.query(statement, parameters));
    return rows.length;
  }
}

export const REMOVE_FINISHED = `
  DELETE FROM webhook_deliveries WHERE completed_at IS NOT NULL AND id IN (
    SELECT id FROM webhook_deliveries WHERE completed_at IS NOT NULL AND completed_at < $1 ORDER BY completed_at LIMIT $2)
  RETURNING id`;

export const ABANDONED = `
  SELECT id, deleted_at FROM webhooks
  WHERE disabled_at IS NOT NULL AND NOT active AND (deleted_at IS NOT NULL OR disabled_at < $1)`;

export const REMOVE_UNFINISHED = `
  DELETE FROM webhook_deliveries WHERE id IN (
    SELECT id FROM webhook_deliveries WHERE webhook_id = $1 AND completed_at IS NULL LIMIT $2)
  RETURNING id`;

export const REMOVE_DELIVERIES = `
  DELETE FROM webhook_deliveries WHERE id IN (
    SELECT id FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY id LIMIT $2)
  RETURNING id`;

/** A lane in which something is left belongs to whoever turns the webhook on again. */
export const REMOVE_LANES = `
  DELETE FROM webhook_lanes WHERE webhook_id = $1 AND lane IN (
    SELECT l.lane FROM webhook_lanes l WHERE l.webhook_id = $1 AND NOT EXISTS (
      SELECT 1 FROM webhook_deliveries d
      WHERE d.webhook_id = l.webhook_id AND d.lane = l.lane AND d.completed_at IS NULL) LIMIT $2)
  RETURNING lane`;

/** What a fan-out stored at this moment keeps it for the next round. */
const REMOVE_WEBHOOK = `
  DELETE FROM webhooks WHERE id = $1 AND deleted_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = $1)
    AND NOT EXISTS (SELECT 1 FROM webhook_lanes l WHERE l.webhook_id = $1)
  RETURNING id`;
