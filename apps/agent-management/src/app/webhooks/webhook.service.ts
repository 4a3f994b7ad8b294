import {
  AppError,
  type Database,
  type Expected,
  type GuardedHttpClient,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import { nextUpdate, type Webhook } from '@aitbc/shared-domain';
import type { EventFeed } from '../executions';
import { newWebhookSecret } from './signing';
import type { PatchWebhookDto, WebhookDto } from './webhook.dto';
import type { WebhookRepository } from './webhook.repository';

/** Of one owner: each is written to the database for each of the owner's events. */
const MAX_WEBHOOKS = 50;

/** What webhooks know of the rest. */
export interface WebhookSurroundings {
  readonly urls: Pick<GuardedHttpClient, 'problemOf'>;
  readonly feed: Pick<EventFeed, 'end'>;
  /** @throws AppError `not_found` for a workflow that the principal does not see. */
  readonly workflows: { get(principal: Principal, id: string): Promise<unknown> };
  /** Called when one has become active, or something is to be sent. */
  readonly wake: () => void;
}

/** The use cases of webhooks. A webhook is seen and changed by its owner and by admins. */
export class WebhookService {
  constructor(
    private readonly db: Database,
    private readonly repository: WebhookRepository,
    private readonly surroundings: WebhookSurroundings,
    private readonly now: () => number,
  ) {}

  /**
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `validation_failed` for a URL or a workflow that cannot be; `conflict` when the owner has too many.
   */
  async create(principal: Principal, request: WebhookDto, within?: Within<Webhook>): Promise<Webhook> {
    await this.assertPossible(principal, request);
    const webhook = this.newWebhook(principal.subject, request);
    return this.activating(webhook.active, async () => {
      if ((await this.repository.count(webhook.ownerId)) >= MAX_WEBHOOKS) {
        throw new AppError('conflict', `there are ${MAX_WEBHOOKS} webhooks already; remove one first`);
      }
      await this.repository.insert(webhook);
      await within?.(webhook);
      return webhook;
    });
  }

  list({ role, subject }: Principal, page: PageRequest): Promise<Page<Webhook>> {
    return this.repository.page(role === 'admin' ? undefined : subject, page);
  }

  /** @throws AppError `not_found`. */
  async get({ role, subject }: Principal, id: string): Promise<Webhook> {
    const webhook = await this.repository.find(id);
    if (!webhook || !(role === 'admin' || webhook.ownerId === subject)) throw notFound('webhook', id);
    return webhook;
  }

  /** @throws AppError `not_found`, `precondition_failed`, `validation_failed` as `create`. */
  async patch(
    principal: Principal,
    id: string,
    request: PatchWebhookDto,
    expected?: Expected<Webhook>,
  ): Promise<Webhook> {
    await this.get(principal, id);
    await this.assertPossible(principal, request);
    return this.activating(request.active === true, async () => {
      const webhook = await this.get(principal, id);
      expected?.(webhook);
      const at = this.now();
      const changes = { ...changesOf(webhook, request, at), updatedAt: nextUpdate(webhook.updatedAt, at) };
      // Before the webhook's own row, in the order in which attempts lock them.
      if (request.active === true) await this.repository.hurry(id, at);
      await this.repository.update(id, changes);
      return { ...webhook, ...changes };
    });
  }

  /**
   * A new secret; the old one signs too for a while, so that the receiver can change over in its own time.
   * @throws AppError `not_found`.
   */
  rotateSecret(principal: Principal, id: string, overlapSeconds: number, within?: Within<Webhook>): Promise<Webhook> {
    const secret = newWebhookSecret();
    return this.db.write(async () => {
      const webhook = await this.get(principal, id);
      const at = this.now();
      const overlaps = overlapSeconds > 0;
      const changes = {
        secret,
        previousSecret: overlaps ? webhook.secret : null,
        previousSecretUntil: overlaps ? at + overlapSeconds * 1_000 : null,
        updatedAt: nextUpdate(webhook.updatedAt, at),
      };
      await this.repository.update(id, changes);
      const changed = { ...webhook, ...changes };
      await within?.(changed);
      return changed;
    });
  }

  /**
   * Its deliveries go with it, in the background: there may be more than a unit could delete.
   * @throws AppError `not_found`, `precondition_failed`.
   */
  async delete(principal: Principal, id: string, expected?: Expected<Webhook>): Promise<void> {
    await this.db.write(async () => {
      const webhook = await this.get(principal, id);
      expected?.(webhook);
      const at = this.now();
      await this.repository.update(id, { active: false, disabledAt: at, deletedAt: at, updatedAt: at });
    });
  }

  /**
   * Runs a unit that may make a webhook active. While there is none, nobody follows the events; the first one begins with
   * those from now on. The place is taken before the unit: taken in it, what happens meanwhile would be passed over.
   */
  private async activating(activates: boolean, unit: () => Promise<Webhook>): Promise<Webhook> {
    if (!activates) return this.db.write(unit);
    const position = await this.surroundings.feed.end();
    const webhook = await this.db.write(async () => {
      if (!(await this.repository.anyActive())) await this.repository.moveFeed(position);
      return unit();
    });
    this.surroundings.wake();
    return webhook;
  }

  private async assertPossible(
    principal: Principal,
    { url, workflow_id: workflowId }: Pick<PatchWebhookDto, 'url' | 'workflow_id'>,
  ): Promise<void> {
    const problem = url === undefined ? undefined : this.surroundings.urls.problemOf(url);
    if (problem !== undefined) throw validationFailed([{ pointer: '/url', message: problem }]);
    if (workflowId === undefined || workflowId === null) return;
    await this.surroundings.workflows.get(principal, workflowId).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
      throw validationFailed([{ pointer: '/workflow_id', message: error.detail }]);
    });
  }

  private newWebhook(ownerId: string, request: WebhookDto): Webhook {
    const at = this.now();
    const { url, event_types: eventTypes, workflow_id: workflowId = null, description = null, active } = request;
    return {
      ...{ id: newId('wh'), ownerId, url, description, eventTypes, workflowId, active },
      ...{ disabledReason: null, disabledAt: active ? null : at, failingSince: null },
      ...{ secret: newWebhookSecret(), previousSecret: null, previousSecretUntil: null },
      ...{ createdAt: at, updatedAt: at, deletedAt: null },
    };
  }
}

function changesOf(webhook: Webhook, request: PatchWebhookDto, at: number): Partial<Webhook> {
  return {
    url: request.url ?? webhook.url,
    eventTypes: request.event_types ?? webhook.eventTypes,
    workflowId: request.workflow_id === undefined ? webhook.workflowId : request.workflow_id,
    description: request.description === undefined ? webhook.description : request.description,
    ...activityOf(webhook, request.active, at),
  };
}

/** Turned on, it begins anew: the failures before are forgotten. */
function activityOf(webhook: Webhook, active: boolean | undefined, at: number): Partial<Webhook> {
  if (active === true) return { active, disabledReason: null, disabledAt: null, failingSince: null };
  if (active === undefined || !webhook.active) return {};
  return { active, disabledReason: null, disabledAt: at };
}
