import { etagOf, timeText } from '@aitbc/shared-core';
import type { JsonValue, Webhook, WebhookDelivery } from '@aitbc/shared-domain';
import { TEST_EVENT } from './test-event';

export function webhookEtag({ updatedAt }: Webhook): string {
  return etagOf(updatedAt);
}

/** A webhook as it is answered: without its secrets. */
export function webhookBody(webhook: Webhook) {
  return {
    id: webhook.id,
    owner_id: webhook.ownerId,
    url: webhook.url,
    event_types: webhook.eventTypes,
    workflow_id: webhook.workflowId,
    description: webhook.description,
    active: webhook.active,
    disabled_reason: webhook.disabledReason,
    disabled_at: timeText(webhook.disabledAt),
    failing_since: timeText(webhook.failingSince),
    previous_secret_until: timeText(webhook.previousSecretUntil),
    created_at: timeText(webhook.createdAt),
    updated_at: timeText(webhook.updatedAt),
  };
}

/** The same with its secret: when it is made, and when the secret is changed. */
export function webhookWithSecretBody(webhook: Webhook) {
  return { ...webhookBody(webhook), secret: webhook.secret };
}

/** A delivery in a list. */
export function deliveryBody(delivery: WebhookDelivery) {
  const isTest = delivery.eventType === TEST_EVENT;
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    execution_id: isTest ? null : delivery.lane,
    event_type: delivery.eventType,
    seq: isTest ? null : delivery.seq,
    status: delivery.status,
    attempts: delivery.attempts,
    last_status_code: delivery.lastStatusCode,
    last_error: delivery.lastError,
    last_attempt_at: timeText(delivery.lastAttemptAt),
    next_attempt_at: timeText(delivery.nextAttemptAt),
    created_at: timeText(delivery.createdAt),
    completed_at: timeText(delivery.completedAt),
  };
}

/** One delivery, with what is sent. */
export function deliveryWithEventBody(delivery: WebhookDelivery) {
  return { ...deliveryBody(delivery), event: JSON.parse(delivery.payload) as JsonValue };
}
