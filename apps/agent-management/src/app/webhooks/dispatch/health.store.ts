import type { Database } from '@aitbc/shared-core';
import type { WebhookDisabledReason } from '@aitbc/shared-domain';

/** How webhooks fare: since when one has been failing, and whether it is turned off for that. */
export class HealthStore {
  constructor(private readonly db: Pick<Database, 'writeSet'>) {}

  /** Writes nothing when it was not failing, as nearly always. */
  async succeeded(webhookId: string): Promise<void> {
    await this.db.writeSet((sql) => sql.query(SUCCEEDED, [webhookId]));
  }

  /** Since when it has been failing without a success (ms). */
  async failed(webhookId: string, now: number): Promise<number> {
    return this.db.writeSet(async (sql) => {
      await sql.query(FAILED, [webhookId, now]);
      const [row] = await sql.query<{ failing_since: number | string | null }>(FAILING_SINCE, [webhookId]);
      return Number(row?.failing_since ?? now);
    });
  }

  /** Turns it off, unless it is off; what is not sent stays for the day on which its owner turns it on again. */
  async disable(webhookId: string, reason: WebhookDisabledReason, now: number): Promise<boolean> {
    const rows = await this.db.writeSet((sql) => sql.query(DISABLE, [webhookId, reason, now]));
    return rows.length > 0;
  }
}

const SUCCEEDED = 'UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL';
const FAILED = 'UPDATE webhooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL';
const FAILING_SINCE = 'SELECT failing_since FROM webhooks WHERE id = $1';

/** `updated_at` always moves on, since ETags are made of it. */
const DISABLE = `
  UPDATE webhooks SET active = false, disabled_reason = $2, disabled_at = $3,
    updated_at = CASE WHEN updated_at < $3 THEN $3 ELSE updated_at + 1 END
  WHERE id = $1 AND active RETURNING id`;
