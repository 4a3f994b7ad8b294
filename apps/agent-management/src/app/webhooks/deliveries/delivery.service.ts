import {
  AppError,
  type Database,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  timeText,
  type Within,
} from '@aitbc/shared-core';
import type { WebhookDelivery } from '@aitbc/shared-domain';
import { TEST_EVENT, testEventOf } from '../test-event';
import type { ReplayDto, WebhookDeliveryQuery } from '../webhook.dto';
import type { WebhookService } from '../webhook.service';
import type { DeliveryKey, DeliveryRepository, ReplayFilter } from './delivery.repository';

export interface Replayed {
  readonly replayed: number;
  /** Id of the last one when more match than the limit. */
  readonly lastId: string | undefined;
}

/** Deliveries of one unit: some milliseconds of the writer. */
const REPLAYED_AT_ONCE = 200;

export interface DeliveryOptions {
  readonly now: () => number;
  /** `source` of the CloudEvents. */
  readonly source: () => string;
  /** Called when something is to be sent. */
  readonly wake: () => void;
}

/** What the owner of a webhook does with its deliveries. */
export class DeliveryService {
  constructor(
    private readonly db: Database,
    private readonly webhooks: Pick<WebhookService, 'get'>,
    private readonly repository: DeliveryRepository,
    private readonly options: DeliveryOptions,
  ) {}

  /** @throws AppError `not_found`. */
  async list(
    principal: Principal,
    webhookId: string,
    { status, execution_id: executionId }: WebhookDeliveryQuery,
    page: PageRequest,
  ): Promise<Page<WebhookDelivery>> {
    await this.webhooks.get(principal, webhookId);
    return this.repository.page({ webhookId, status, executionId }, page);
  }

  /** @throws AppError `not_found`. */
  async get(principal: Principal, webhookId: string, id: string): Promise<WebhookDelivery> {
    await this.webhooks.get(principal, webhookId);
    const delivery = await this.repository.find(webhookId, id);
    if (!delivery) throw notFound('delivery', id);
    return delivery;
  }

  /**
   * Sends a test event, the way that all go, but once only.
   * @throws AppError `not_found`; `conflict` when the webhook is not active.
   */
  async test(principal: Principal, webhookId: string, within?: Within<WebhookDelivery>): Promise<WebhookDelivery> {
    const { now, source } = this.options;
    const id = newId('whd');
    const at = now();
    const payload = JSON.stringify(testEventOf({ id, webhookId, time: timeText(at), source: source() }));
    const delivery = await this.db.write(async () => {
      const webhook = await this.webhooks.get(principal, webhookId);
      if (!webhook.active) throw new AppError('conflict', 'the webhook is not active, so that nothing is sent to it');
      await this.repository.insert({ id, webhookId, lane: id, seq: 0, eventType: TEST_EVENT, payload }, at);
      const made = await this.get(principal, webhookId, id);
      await within?.(made);
      return made;
    });
    this.options.wake();
    return delivery;
  }

  /**
   * Sends a delivery again, or at once when it waits for another attempt.
   * @throws AppError `not_found`.
   */
  async replay(principal: Principal, webhookId: string, id: string): Promise<WebhookDelivery> {
    const delivery = await this.db.write(async () => {
      await this.repository.reopen([await this.get(principal, webhookId, id)], this.options.now());
      return this.get(principal, webhookId, id);
    });
    this.options.wake();
    return delivery;
  }

  /**
   * Sends many finished deliveries again, in the order of their events within each execution.
   * @throws AppError `not_found`.
   */
  async replayAll(principal: Principal, webhookId: string, request: ReplayDto): Promise<Replayed> {
    await this.webhooks.get(principal, webhookId);
    const { limit } = request;
    const found = await this.repository.finished({ webhookId, ...filterOf(request) }, limit + 1);
    const chosen = found.slice(0, limit);
    const replayed = await this.reopen(chosen);
    this.options.wake();
    return { replayed, lastId: found.length > limit ? chosen.at(-1)?.id : undefined };
  }

  private async reopen(deliveries: readonly DeliveryKey[]): Promise<number> {
    let replayed = 0;
    for (let from = 0; from < deliveries.length; from += REPLAYED_AT_ONCE) {
      const part = deliveries.slice(from, from + REPLAYED_AT_ONCE);
      replayed += await this.db.write(() => this.repository.reopen(part, this.options.now()));
    }
    return replayed;
  }
}

/** Absent fields may come as `null`. */
function filterOf({ since, status, after }: ReplayDto): Omit<ReplayFilter, 'webhookId'> {
  const sinceMs = since ? Date.parse(since) : undefined;
  const byDefault = sinceMs === undefined ? (['dead'] as const) : (['dead', 'succeeded'] as const);
  return { since: sinceMs, statuses: status ? [status] : byDefault, after: after ?? undefined };
}
