import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../columns/checks';
import { CountColumn, FlagColumn, JsonColumn, LongTextColumn, TextColumn, TimeColumn } from '../columns/columns';

/** Why the platform has stopped sending to an endpoint: it answered 410, or it failed for too long. */
export const WEBHOOK_DISABLED_REASONS = ['gone', 'failing'] as const;
export type WebhookDisabledReason = (typeof WEBHOOK_DISABLED_REASONS)[number];

/** `pending`: not tried yet; `retrying`: failed, and is tried again; `dead`: failed for the last time. */
export const WEBHOOK_DELIVERY_STATUSES = ['pending', 'retrying', 'succeeded', 'dead'] as const;
export type WebhookDeliveryStatus = (typeof WEBHOOK_DELIVERY_STATUSES)[number];

/** Where an owner wants to be told of events of executions. */
@Entity('webhooks')
@Index('ix_webhooks_owner', ['ownerId', 'id'])
@Index('ix_webhooks_active', ['id'], { where: 'active' })
@Index('ix_webhooks_disabled', ['disabledAt'], { where: 'disabled_at IS NOT NULL' })
@Check('ck_webhooks_disabled_reason', oneOf('disabled_reason', WEBHOOK_DISABLED_REASONS))
export class Webhook {
  /** `wh_…` */
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  @TextColumn(2048)
  url: string;

  @LongTextColumn({ nullable: true })
  description: string | null;

  /** Types and patterns: `execution.completed`, `step.*`, `*`. */
  @JsonColumn({ name: 'event_types' })
  eventTypes: string[];

  /** Only events of executions of this workflow; null: of all. */
  @TextColumn(60, { name: 'workflow_id', nullable: true })
  workflowId: string | null;

  /** False: no events are taken on for it, and none are sent. */
  @FlagColumn()
  active: boolean;

  /** Null while it is active, and when its owner turned it off. */
  @TextColumn(20, { name: 'disabled_reason', nullable: true })
  disabledReason: WebhookDisabledReason | null;

  /** Since when it is not active. */
  @TimeColumn({ name: 'disabled_at', nullable: true })
  disabledAt: number | null;

  /** Its first failure since its last success. */
  @TimeColumn({ name: 'failing_since', nullable: true })
  failingSince: number | null;

  /** `whsec_…`: what it signs with. Kept as signing keys are; shown once. */
  @TextColumn(200)
  secret: string;

  /** The one before, with which it signs as well until `previousSecretUntil`. */
  @TextColumn(200, { name: 'previous_secret', nullable: true })
  previousSecret: string | null;

  @TimeColumn({ name: 'previous_secret_until', nullable: true })
  previousSecretUntil: number | null;

  /** Since when it is gone for its owner; its deliveries are deleted in the background, and it after them. */
  @TimeColumn({ name: 'deleted_at', nullable: true })
  deletedAt: number | null;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}

/** One event for one webhook. It holds all that is sent, so that it can be sent again when the execution is gone. */
@Entity('webhook_deliveries')
@Index('ux_webhook_deliveries_event', ['webhookId', 'lane', 'seq'], { unique: true })
@Index('ix_webhook_deliveries_open', ['webhookId', 'lane', 'seq'], { where: 'completed_at IS NULL' })
@Index('ix_webhook_deliveries_webhook', ['webhookId', 'id'])
@Index('ix_webhook_deliveries_status', ['webhookId', 'status', 'id'])
@Index('ix_webhook_deliveries_completed', ['completedAt'], { where: 'completed_at IS NOT NULL' })
@Check('ck_webhook_deliveries_status', oneOf('status', WEBHOOK_DELIVERY_STATUSES))
export class WebhookDelivery {
  /** `whd_…`: the `webhook-id` of every attempt. */
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'webhook_id' })
  @ForeignKey(() => Webhook, { name: 'fk_webhook_deliveries_webhook' })
  webhookId: string;

  /** What is in order among itself: the id of the execution, or of a test the delivery's own. */
  @TextColumn(60)
  lane: string;

  /** Number of the event in its execution; 0 for a test. */
  @CountColumn()
  seq: number;

  @TextColumn(40, { name: 'event_type' })
  eventType: string;

  /** The CloudEvent as it is sent, byte for byte. */
  @LongTextColumn()
  payload: string;

  @TextColumn(20)
  status: WebhookDeliveryStatus;

  /** Attempts since it was made, or replayed last. */
  @CountColumn()
  attempts: number;

  @CountColumn({ name: 'last_status_code', nullable: true })
  lastStatusCode: number | null;

  @TextColumn(500, { name: 'last_error', nullable: true })
  lastError: string | null;

  @TimeColumn({ name: 'last_attempt_at', nullable: true })
  lastAttemptAt: number | null;

  /** When a failed one is tried again. */
  @TimeColumn({ name: 'next_attempt_at', nullable: true })
  nextAttemptAt: number | null;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  /** When it succeeded or died. */
  @TimeColumn({ name: 'completed_at', nullable: true })
  completedAt: number | null;
}

/**
 * The unfinished deliveries of one webhook and one execution: a row as long as there are any. Only the first of them may
 * be sent, by whoever holds the lane's lease.
 */
@Entity('webhook_lanes')
@Index('ix_webhook_lanes_due', ['webhookId', 'dueAt'])
export class WebhookLane {
  @PrimaryColumn({ type: 'varchar', length: 60, name: 'webhook_id' })
  @ForeignKey(() => Webhook, { name: 'fk_webhook_lanes_webhook' })
  webhookId: string;

  @PrimaryColumn({ type: 'varchar', length: 60 })
  lane: string;

  /** When its first delivery may be sent; while a lease is held, its end. */
  @TimeColumn({ name: 'due_at' })
  dueAt: number;

  /** Who sends it now: a different text for each claim. */
  @TextColumn(120, { name: 'lease_token', nullable: true })
  leaseToken: string | null;
}

/** How far the events have been made deliveries: one row, number 1. */
@Entity('webhook_feed')
export class WebhookFeed {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** Position in the feed of events; null before there was a webhook. */
  @TextColumn(200, { nullable: true })
  position: string | null;
}
