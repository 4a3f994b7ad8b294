import { type Database, type DatabaseEngine, jsonRows, type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import { WebhookDelivery, type WebhookDeliveryStatus } from '@aitbc/shared-domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { lanesOf, type NewDelivery } from '../fan-out/fan-out.store';

export interface DeliveryFilter {
  readonly webhookId: string;
  readonly status?: WebhookDeliveryStatus | undefined;
  readonly executionId?: string | undefined;
}

/** Finished deliveries that are to be sent again. */
export interface ReplayFilter {
  readonly webhookId: string;
  readonly statuses: readonly WebhookDeliveryStatus[];
  /** Made at or after this (ms). */
  readonly since: number | undefined;
  /** Id of the delivery before them. */
  readonly after: string | undefined;
}

/** A delivery by what orders it. */
export type DeliveryKey = Pick<WebhookDelivery, 'id' | 'webhookId' | 'lane'>;

/** Deliveries in the database, as their owners see and repeat them. Methods called inside a unit of work join it. */
export class DeliveryRepository {
  constructor(private readonly db: Database) {}

  async find(webhookId: string, id: string): Promise<WebhookDelivery | undefined> {
    if (id.includes('\0')) return undefined;
    return (await this.db.read((manager) => manager.findOneBy(WebhookDelivery, { id, webhookId }))) ?? undefined;
  }

  /** Newest first. */
  page(filter: DeliveryFilter, page: PageRequest): Promise<Page<WebhookDelivery>> {
    return this.db.read(async (manager) => {
      const total = page.withCount ? await deliveriesOf(manager, filter).getCount() : undefined;
      return pageOf(await deliveryPage(manager, filter, page).getMany(), page, total);
    });
  }

  /** Stores a delivery that is due at once. */
  async insert(delivery: NewDelivery, now: number): Promise<void> {
    await this.openLanes([delivery], now);
    await this.db.write((manager) =>
      manager.insert(WebhookDelivery, { ...delivery, status: 'pending', attempts: 0, createdAt: now }),
    );
  }

  /** Finished ones, the oldest first. */
  finished({ webhookId, statuses, since, after }: ReplayFilter, limit: number): Promise<DeliveryKey[]> {
    return this.db.read((manager) => {
      const query = manager
        .createQueryBuilder(WebhookDelivery, 'd')
        .select(['d.id', 'd.webhookId', 'd.lane'])
        .where('d.webhookId = :webhookId AND d.status IN (:...statuses)', { webhookId, statuses });
      if (since !== undefined) query.andWhere('d.createdAt >= :since', { since });
      if (after !== undefined) query.andWhere('d.id > :after', { after });
      return query.orderBy('d.id').limit(limit).getMany();
    });
  }

  /**
   * Makes finished deliveries unfinished again, with all their attempts before them, and what waits for an attempt due now.
   * Lanes first, as everywhere: whoever ends a lane's last delivery at this moment sees that there are more.
   * @returns how many are to be sent
   */
  async reopen(deliveries: readonly DeliveryKey[], now: number): Promise<number> {
    if (deliveries.length === 0) return 0;
    await this.openLanes(deliveries, now);
    const ids = JSON.stringify(deliveries.map(({ id }) => ({ id })));
    const rows = await this.db.writeSet((sql) => sql.query(reopenStatement(this.db.engine), [ids]));
    return rows.length;
  }

  private async openLanes(deliveries: readonly Pick<WebhookDelivery, 'webhookId' | 'lane'>[], now: number) {
    const lanes = JSON.stringify(lanesOf(deliveries));
    await this.db.writeSet((sql) => sql.query(dueLanesStatement(this.db.engine), [lanes, now]));
  }
}

/** What is being sent keeps its lease. */
export function dueLanesStatement(engine: DatabaseEngine): string {
  return `INSERT INTO webhook_lanes (webhook_id, lane, due_at)
    SELECT b.webhook_id, b.lane, CAST($2 AS bigint)
    FROM ${jsonRows(engine, '$1', 'b', { webhook_id: 'text', lane: 'text' })} WHERE true
    ON CONFLICT (webhook_id, lane) DO UPDATE SET due_at =
      CASE WHEN webhook_lanes.lease_token IS NULL THEN excluded.due_at ELSE webhook_lanes.due_at END`;
}

/** One that is unfinished keeps its attempts: it is only hurried. */
export function reopenStatement(engine: DatabaseEngine): string {
  return `UPDATE webhook_deliveries SET
      attempts = CASE WHEN completed_at IS NULL THEN attempts ELSE 0 END,
      status = CASE WHEN completed_at IS NULL THEN status ELSE 'pending' END,
      next_attempt_at = NULL, completed_at = NULL
    WHERE id IN (SELECT b.id FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })})
    RETURNING id`;
}

/** One more than a page, by id. */
export function deliveryPage(
  manager: EntityManager,
  filter: DeliveryFilter,
  page: PageRequest,
): SelectQueryBuilder<WebhookDelivery> {
  const query = deliveriesOf(manager, filter);
  if (page.afterId !== undefined) query.andWhere('d.id < :afterId', page);
  return query
    .orderBy('d.id', 'DESC')
    .offset(page.offset)
    .limit(page.limit + 1);
}

function deliveriesOf(manager: EntityManager, { webhookId, status, executionId }: DeliveryFilter) {
  const query = manager.createQueryBuilder(WebhookDelivery, 'd').where('d.webhookId = :webhookId', { webhookId });
  if (status !== undefined) query.andWhere('d.status = :status', { status });
  if (executionId !== undefined) query.andWhere('d.lane = :executionId', { executionId });
  return query;
}
