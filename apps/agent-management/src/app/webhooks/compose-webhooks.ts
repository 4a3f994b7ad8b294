import {
  type Database,
  type Distribution,
  GuardedHttpClient,
  type IdempotencyRecords,
  type Logger,
  type MetricsSource,
} from '@aitbc/shared-core';
import type { Router } from 'express';
import type { EventFeed } from '../executions';
import { DeliveryRepository } from './deliveries/delivery.repository';
import { createDeliveryRouter } from './deliveries/delivery.router';
import { DeliveryService } from './deliveries/delivery.service';
import { DeliverySender } from './dispatch/delivery-sender';
import { Dispatcher } from './dispatch/dispatcher';
import { HealthStore } from './dispatch/health.store';
import { LaneStore } from './dispatch/lane.store';
import { WebhookLoads } from './dispatch/webhook-loads';
import { FanOut } from './fan-out/fan-out';
import { FanOutStore } from './fan-out/fan-out.store';
import { WebhookMetrics } from './metrics/webhook-metrics';
import { WebhookRetention } from './retention/webhook-retention';
import { WebhookRetentionStore } from './retention/webhook-retention.store';
import { WebhookRepository } from './webhook.repository';
import { createWebhookRouter } from './webhook.router';
import { WebhookService, type WebhookSurroundings } from './webhook.service';

/** What of the service's configuration webhooks read. */
export interface WebhookConfiguration {
  readonly WEBHOOK_ALLOWED_NETWORKS: readonly string[];
  readonly WEBHOOK_ALLOW_HTTP: 'on' | 'off';
  readonly WEBHOOK_TIMEOUT_SECONDS: number;
  readonly WEBHOOK_RETRY_SCHEDULE: readonly number[];
  readonly WEBHOOK_DISABLE_AFTER_HOURS: number;
  readonly WEBHOOK_RETENTION_DAYS: number;
}

export interface WebhookDeps {
  readonly db: Database;
  readonly feed: EventFeed;
  readonly workflows: WebhookSurroundings['workflows'];
  readonly records: IdempotencyRecords;
  readonly config: WebhookConfiguration;
  readonly logger: Logger;
  /** `source` of the CloudEvents. */
  readonly source: () => string;
  /** The time that all processes of the database go by. */
  readonly now: () => number;
  /** Names this process in its leases. */
  readonly processName: string;
}

export interface Webhooks {
  readonly routers: readonly Router[];
  readonly metrics: readonly (MetricsSource | Distribution)[];
  /** Begins to make deliveries and to send them. */
  start(): void;
  /** Begins to delete deliveries whose time is over. */
  startSweeps(): void;
  /** Attempts under way have `graceMs` to end. */
  stop(graceMs: number): Promise<void>;
}

/** Attempts that a process has under way, in all and for one webhook: all of one owner together cannot take all places. */
const LIMITS = { total: 512, perWebhook: 8 };
/** What comes after the answer, or is only slow to notice that there is none. */
const LEASE_RESERVE_MS = 5_000;
const LONGEST_CONNECT_MS = 5_000;
/** Nothing of a body is used; reading it to its end lets the connection end well. */
const MAX_BODY_BYTES = 16_384;
const HOUR_MS = 3_600_000;

/** Puts the webhooks together. */
export function composeWebhooks(deps: WebhookDeps): Webhooks {
  const { db, feed, workflows, records, config, logger, source, now } = deps;
  const client = clientOf(config);
  const lanes = new LaneStore(db);
  const metrics = new WebhookMetrics({ db, lanes, now });
  const dispatcher = dispatcherOf(deps, { client, lanes, metrics });
  const wake = () => dispatcher.wake();
  const fanOut = new FanOut(feed, new FanOutStore(db), logger, { source, now, onDeliveries: wake });
  const surroundings = {
    ...{ urls: client, feed, workflows },
    wake(): void {
      fanOut.wake();
      wake();
    },
  };
  const service = new WebhookService(db, new WebhookRepository(db), surroundings, now);
  const deliveries = new DeliveryService(db, service, new DeliveryRepository(db), { now, source, wake });
  const retention = retentionOf(deps);
  return {
    routers: [createWebhookRouter(service, records), createDeliveryRouter(deliveries, records)],
    metrics: metrics.sources,
    start() {
      fanOut.start();
      dispatcher.start();
    },
    startSweeps: () => retention.start(),
    async stop(graceMs) {
      await Promise.all([fanOut.stop(), dispatcher.stop(graceMs), retention.stop()]);
    },
  };
}

function clientOf(config: WebhookConfiguration): GuardedHttpClient {
  const timeoutMs = config.WEBHOOK_TIMEOUT_SECONDS * 1_000;
  return new GuardedHttpClient({
    allowedNetworks: config.WEBHOOK_ALLOWED_NETWORKS,
    allowHttp: config.WEBHOOK_ALLOW_HTTP === 'on',
    connectTimeoutMs: Math.min(LONGEST_CONNECT_MS, timeoutMs),
    timeoutMs,
    maxBodyBytes: MAX_BODY_BYTES,
  });
}

interface DispatchParts {
  readonly client: GuardedHttpClient;
  readonly lanes: LaneStore;
  readonly metrics: WebhookMetrics;
}

function dispatcherOf(deps: WebhookDeps, { client, lanes, metrics }: DispatchParts): Dispatcher {
  const { db, config, logger, now, processName: name } = deps;
  const health = new HealthStore(db);
  const loads = new WebhookLoads(LIMITS, now);
  const sender = new DeliverySender(client, now);
  return new Dispatcher(
    { lanes, health, sender, loads, watcher: metrics, logger },
    {
      ...{ name, now, random: Math.random },
      schedule: config.WEBHOOK_RETRY_SCHEDULE,
      leaseMs: config.WEBHOOK_TIMEOUT_SECONDS * 1_000 + LEASE_RESERVE_MS,
      disableAfterMs: config.WEBHOOK_DISABLE_AFTER_HOURS * HOUR_MS,
    },
  );
}

function retentionOf({ db, config, logger, now }: WebhookDeps): WebhookRetention {
  return new WebhookRetention(new WebhookRetentionStore(db), logger, { days: config.WEBHOOK_RETENTION_DAYS, now });
}
