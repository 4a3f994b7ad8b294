import {
  type Database,
  ensureSigningKey,
  GuardedHttpClient,
  newId,
  platformEntities,
  platformMigrations,
  type Principal,
} from '@aitbc/shared-core';
import { type EngineContext, type LogLine, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations, type Webhook, WebhookDelivery } from '@aitbc/shared-domain';
import { DeliveryRepository } from '../deliveries/delivery.repository';
import { DeliveryService } from '../deliveries/delivery.service';
import { DeliverySender } from '../dispatch/delivery-sender';
import { Dispatcher, type DispatcherOptions } from '../dispatch/dispatcher';
import { HealthStore } from '../dispatch/health.store';
import { LaneStore } from '../dispatch/lane.store';
import { WebhookLoads } from '../dispatch/webhook-loads';
import { FanOut } from '../fan-out/fan-out';
import { FanOutStore } from '../fan-out/fan-out.store';
import type { WebhookDto } from '../webhook.dto';
import { WebhookRepository } from '../webhook.repository';
import { WebhookService } from '../webhook.service';
import { MemoryFeed } from './memory-feed';

export const SOURCE = 'https://coordinator.test';

/** One process's part in making and sending deliveries. */
export interface WebhookProcess {
  readonly dispatcher: Dispatcher;
  readonly fanOut: FanOut;
  readonly attempts: string[];
  stop(): Promise<void>;
}

export interface ProcessOptions extends Partial<DispatcherOptions> {
  readonly timeoutMs?: number;
  readonly total?: number;
  readonly perWebhook?: number;
}

/** An attempt may take long: one that a stalled machine ends by its time-out would be sent twice, and counted twice. */
const TIMEOUT_MS = 20_000;
const OPTIONS = { random: () => 0, schedule: [10, 10, 10, 10], leaseMs: 30_000, disableAfterMs: 0, pollMs: 50 };

/** Webhooks on a real database, with events that happen when the test says so, and a clock of its own. */
export class WebhookBench {
  readonly feed = new MemoryFeed();
  readonly lines: LogLine[] = [];
  /** Added to the machine's time. */
  ahead = 0;
  readonly webhooks: WebhookService;
  readonly deliveries: DeliveryService;
  private readonly processes: WebhookProcess[] = [];
  private readonly waking: (() => void)[] = [];

  private constructor(readonly db: Database) {
    const urls = { problemOf: () => undefined };
    const workflows = { get: () => Promise.resolve(undefined) };
    const wake = (): void => this.waking.forEach((each) => each());
    const surroundings = { urls, feed: this.feed, workflows, wake };
    this.webhooks = new WebhookService(db, new WebhookRepository(db), surroundings, this.now);
    const options = { now: this.now, source: () => SOURCE, wake };
    this.deliveries = new DeliveryService(db, this.webhooks, new DeliveryRepository(db), options);
  }

  static async open(engine: EngineContext): Promise<WebhookBench> {
    const db = await engine.openDatabase({
      entities: [...platformEntities, ...agentContextEntities],
      migrations: [...platformMigrations, ...agentContextMigrations],
      prepare: ensureSigningKey,
    });
    return new WebhookBench(db);
  }

  readonly now = (): number => Date.now() + this.ahead;

  /** A process that makes deliveries and sends them. */
  begin(options: ProcessOptions = {}): WebhookProcess {
    const { timeoutMs = TIMEOUT_MS, total = 64, perWebhook = 8, ...changes } = options;
    const { logger } = memoryLogger(this.lines);
    const { db, now } = this;
    const limits = { connectTimeoutMs: timeoutMs, timeoutMs, maxBodyBytes: 1_000 };
    const client = new GuardedHttpClient({ allowedNetworks: ['127.0.0.1/32'], allowHttp: true, ...limits });
    const attempts: string[] = [];
    const dispatcher = new Dispatcher(
      {
        lanes: new LaneStore(db),
        health: new HealthStore(db),
        sender: new DeliverySender(client, now),
        loads: new WebhookLoads({ total, perWebhook }, now),
        watcher: { attempted: ({ status }) => attempts.push(status) },
        logger,
      },
      { name: newId('req'), now, ...OPTIONS, ...changes },
    );
    const onDeliveries = (): void => dispatcher.wake();
    const store = new FanOutStore(db);
    const fanOut = new FanOut(this.feed, store, logger, { source: () => SOURCE, now, onDeliveries, pollMs: 50 });
    fanOut.start();
    dispatcher.start();
    this.waking.push(() => fanOut.wake(), onDeliveries);
    const stop = async () => void (await Promise.all([fanOut.stop(), dispatcher.stop(0)]));
    const process = { dispatcher, fanOut, attempts, stop };
    this.processes.push(process);
    return process;
  }

  webhook(url: string, changes: Partial<WebhookDto> = {}, owner = 'alice'): Promise<Webhook> {
    return this.webhooks.create(principal(owner), { url, event_types: ['*'], active: true, ...changes });
  }

  /** All deliveries of a webhook, the oldest first. */
  async of(webhook: Pick<Webhook, 'id'>): Promise<WebhookDelivery[]> {
    const where = { webhookId: webhook.id };
    return this.db.read((manager) => manager.find(WebhookDelivery, { where, order: { id: 'ASC' } }));
  }

  async statuses(webhook: Pick<Webhook, 'id'>): Promise<string[]> {
    return (await this.of(webhook)).map(({ lane, seq, status }) => `${lane} ${seq} ${status}`);
  }

  /** Ends all processes, and forgets what is left to be sent. */
  async reset(): Promise<void> {
    await Promise.all(this.processes.splice(0).map((process) => process.stop()));
    this.waking.splice(0);
    this.feed.events.splice(0);
    this.feed.reads = 0;
    this.lines.splice(0);
    this.ahead = 0;
    await this.db.write(async (manager) => {
      for (const table of ['webhook_lanes', 'webhook_deliveries', 'webhooks']) {
        await manager.query(`DELETE FROM ${table}`);
      }
      await manager.query('UPDATE webhook_feed SET position = NULL');
    });
  }
}

/** Waits for a condition, for longer than a loaded machine needs. */
export function until<T>(condition: () => T | Promise<T>): Promise<NonNullable<T>> {
  return waitFor(condition, { timeoutMs: 25_000 });
}

export function principal(subject: string): Principal {
  return { subject, role: 'client', keyId: `key_${subject}` };
}
