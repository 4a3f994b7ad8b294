import { type Database, type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import { Webhook } from '@aitbc/shared-domain';
import { type EntityManager, IsNull, type SelectQueryBuilder } from 'typeorm';

/** Whose webhooks; `undefined` is everybody's, for admins. */
export type WebhookOwner = string | undefined;

/** Webhooks in the database. Methods called inside a unit of work join it. */
export class WebhookRepository {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<Webhook | undefined> {
    // PostgreSQL refuses NUL in text, and no webhook has one in its id.
    if (id.includes('\0')) return undefined;
    const where = { id, deletedAt: IsNull() };
    return (await this.db.read((manager) => manager.findOneBy(Webhook, where))) ?? undefined;
  }

  /** Newest first. */
  page(owner: WebhookOwner, page: PageRequest): Promise<Page<Webhook>> {
    return this.db.read(async (manager) => {
      const total = page.withCount ? await webhooksOf(manager, owner).getCount() : undefined;
      return pageOf(await webhookPage(manager, owner, page).getMany(), page, total);
    });
  }

  count(ownerId: string): Promise<number> {
    return this.db.read((manager) => manager.countBy(Webhook, { ownerId, deletedAt: IsNull() }));
  }

  async insert(webhook: Webhook): Promise<void> {
    await this.db.write((manager) => manager.insert(Webhook, webhook));
  }

  /** Only what the given fields say: how it fares is written by others at the same time. */
  async update(id: string, fields: Partial<Omit<Webhook, 'id'>>): Promise<void> {
    await this.db.write((manager) => manager.update(Webhook, { id }, fields));
  }

  /** Whether any webhook wants events. */
  anyActive(): Promise<boolean> {
    return this.db.read((manager) => manager.exists(Webhook, { where: { active: true } }));
  }

  /** From where on the next events are made deliveries. */
  async moveFeed(position: string): Promise<void> {
    await this.db.writeSet((sql) => sql.query('UPDATE webhook_feed SET position = $1 WHERE id = 1', [position]));
  }

  /** What waits for another attempt is due now. */
  async hurry(id: string, now: number): Promise<void> {
    await this.db.writeSet((sql) => sql.query(HURRY, [id, now]));
  }
}

const HURRY = 'UPDATE webhook_lanes SET due_at = $2 WHERE webhook_id = $1 AND lease_token IS NULL AND due_at > $2';

/** One more than a page, by id. */
export function webhookPage(
  manager: EntityManager,
  owner: WebhookOwner,
  page: PageRequest,
): SelectQueryBuilder<Webhook> {
  const query = webhooksOf(manager, owner);
  if (page.afterId !== undefined) query.andWhere('w.id < :afterId', page);
  return query
    .orderBy('w.id', 'DESC')
    .offset(page.offset)
    .limit(page.limit + 1);
}

function webhooksOf(manager: EntityManager, owner: WebhookOwner): SelectQueryBuilder<Webhook> {
  const query = manager.createQueryBuilder(Webhook, 'w');
  // True of every id: without an owner it makes the primary key an index range to walk.
  const owned = owner === undefined ? query.where(`w.id > ''`) : query.where('w.ownerId = :owner', { owner });
  return owned.andWhere('w.deletedAt IS NULL');
}
