import { answer, type FeatureDocument, noContent, operation, PageQuery, pageAnswer, schema } from '@aitbc/shared-core';
import { WEBHOOK_DELIVERY_STATUSES, WEBHOOK_DISABLED_REASONS } from '@aitbc/shared-domain';
import { PatchWebhookDto, ReplayDto, RotateSecretDto, WebhookDeliveryQuery, WebhookDto } from './webhook.dto';

const { anyObject, flag, instant, integer, list, nullable, object, oneOf, propertiesOf, ref, text } = schema;

const ofWebhook = { webhook_id: 'Id of a webhook.' };
const ofDelivery = { ...ofWebhook, delivery_id: 'Id of a delivery.' };

/** What `webhookBody` answers. */
const webhookSchema = object(
  {
    id: text(),
    owner_id: text(),
    url: text('Where events are sent to.', { format: 'uri' }),
    event_types: list(text(), 'Types and patterns of the events that it gets.'),
    workflow_id: nullable(text('Only events of executions of this workflow; null: of all of its owner.')),
    description: nullable(text()),
    active: flag('False: it gets nothing.'),
    disabled_reason: nullable(
      oneOf(
        WEBHOOK_DISABLED_REASONS,
        'Why the platform has turned it off: it answered 410, or has failed for too long.',
      ),
    ),
    disabled_at: nullable(instant('Since when it is not active.')),
    failing_since: nullable(instant('Its first failure since its last success; leaves `updated_at` as it is.')),
    previous_secret_until: nullable(instant('Until when it signs with the secret before this one too.')),
    created_at: instant(),
    updated_at: instant(),
  },
  { description: 'Where an owner is told of events of executions.' },
);

const webhookWithSecret = object(
  {
    ...propertiesOf(webhookSchema),
    secret: text('What it signs with (Standard Webhooks, `whsec_…`), shown this once.'),
  },
  { description: 'A webhook with its secret.' },
);

/** What `deliveryBody` answers. */
const deliverySchema = object(
  {
    id: text('The `webhook-id` of every attempt.'),
    webhook_id: text(),
    execution_id: nullable(text('Null for a test.')),
    event_type: text('`execution.completed`, `step.failed`, …; `webhook.test` for a test.'),
    seq: nullable(integer('Number of the event in its execution; null for a test.')),
    status: oneOf(
      WEBHOOK_DELIVERY_STATUSES,
      '`pending`: not tried yet; `retrying`: it failed, and is tried again; `dead`: it failed for the last time.',
    ),
    attempts: integer('Attempts since it was made, or replayed last.'),
    last_status_code: nullable(integer('Null: there was no answer, or no attempt.')),
    last_error: nullable(text('Why the last attempt failed.')),
    last_attempt_at: nullable(instant()),
    next_attempt_at: nullable(instant('When a failed one is tried again.')),
    created_at: instant(),
    completed_at: nullable(instant('When it succeeded or died.')),
  },
  { description: 'One event for one webhook.' },
);

const deliveryWithEvent = object(
  {
    ...propertiesOf(deliverySchema),
    event: anyObject('The CloudEvent that is sent (JSON format, version 1.0).'),
  },
  { description: 'A delivery with what is sent.' },
);

const collection = [
  operation({
    ...{ method: 'post', path: '/webhooks', id: 'createWebhook', summary: 'Makes a webhook' },
    description: 'At most 50 for each owner. It gets the events that happen from now on.',
    idempotent: true,
    body: WebhookDto,
    responses: { 201: answer('The webhook with its secret.', ref('WebhookWithSecret'), 'Location', 'ETag') },
  }),
  operation({
    ...{ method: 'get', path: '/webhooks', id: 'listWebhooks', summary: "The caller's webhooks" },
    description: 'Admins see all.',
    query: PageQuery,
    responses: { 200: pageAnswer('By id, newest first.', ref('Webhook')) },
  }),
];

const single = [
  operation({
    ...{ method: 'get', path: '/webhooks/:webhook_id', id: 'getWebhook', summary: 'One webhook' },
    parameters: ofWebhook,
    responses: { 200: answer('The webhook.', ref('Webhook'), 'ETag') },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'patch', path: '/webhooks/:webhook_id', id: 'updateWebhook', summary: 'Changes a webhook' },
    description: 'Absent fields stay as they are; `null` clears `workflow_id` and `description`.',
    parameters: ofWebhook,
    ifMatch: true,
    body: PatchWebhookDto,
    responses: { 200: answer('The webhook.', ref('Webhook'), 'ETag') },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'delete', path: '/webhooks/:webhook_id', id: 'deleteWebhook', summary: 'Removes a webhook' },
    description: 'What has not been sent is not sent any more; its deliveries go with it.',
    parameters: ofWebhook,
    ifMatch: true,
    responses: { 204: noContent('It is gone.') },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'post', path: '/webhooks/:webhook_id/rotate-secret', id: 'rotateWebhookSecret' },
    summary: 'Gives a webhook a new secret',
    description:
      'Until `previous_secret_until` every message bears two signatures, of which the second is by the old one.',
    parameters: ofWebhook,
    idempotent: true,
    body: RotateSecretDto,
    responses: { 200: answer('The webhook with its new secret.', ref('WebhookWithSecret'), 'ETag') },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'post', path: '/webhooks/:webhook_id/test', id: 'testWebhook', summary: 'Sends a test event' },
    description: 'A real message of the type `com.aitbc.webhook.test`, sent once. Its delivery tells what came of it.',
    parameters: ofWebhook,
    idempotent: true,
    responses: { 202: answer('The delivery, which is not done yet.', ref('WebhookDelivery'), 'Location') },
    errors: ['not_found', 'conflict'],
  }),
];

const deliveries = [
  operation({
    ...{ method: 'get', path: '/webhooks/:webhook_id/deliveries', id: 'listWebhookDeliveries' },
    summary: 'What was sent, and what is to be sent',
    parameters: ofWebhook,
    query: WebhookDeliveryQuery,
    responses: { 200: pageAnswer('By id, newest first.', ref('WebhookDelivery')) },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'get', path: '/webhooks/:webhook_id/deliveries/:delivery_id', id: 'getWebhookDelivery' },
    summary: 'One delivery, with its event',
    parameters: ofDelivery,
    responses: { 200: answer('The delivery.', ref('WebhookDeliveryWithEvent')) },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'post', path: '/webhooks/:webhook_id/deliveries/:delivery_id/replay', id: 'replayWebhookDelivery' },
    summary: 'Sends a delivery again',
    description:
      'With the same `webhook-id`, and all attempts before it. One that waits for its next attempt gets it now.',
    parameters: ofDelivery,
    responses: { 202: answer('The delivery, which is not done yet.', ref('WebhookDelivery')) },
    errors: ['not_found'],
  }),
  operation({
    ...{ method: 'post', path: '/webhooks/:webhook_id/replay', id: 'replayWebhook' },
    summary: 'Sends many deliveries again',
    description: 'Without `since` the dead ones, with it all that were made since then, in the order of their events.',
    parameters: ofWebhook,
    body: ReplayDto,
    responses: {
      202: answer(
        'How many are sent again.',
        object({
          replayed: integer(),
          next_after: nullable(text('Send it as `after` to go on; null when there are no more.')),
        }),
      ),
    },
    errors: ['not_found'],
  }),
];

export const webhookDocument: FeatureDocument = {
  tag: {
    name: 'webhooks',
    description: 'Events of executions, sent to URLs as Standard Webhooks. A webhook is visible to its owner.',
  },
  schemas: {
    Webhook: webhookSchema,
    WebhookWithSecret: webhookWithSecret,
    WebhookDelivery: deliverySchema,
    WebhookDeliveryWithEvent: deliveryWithEvent,
  },
  operations: [...collection, ...single, ...deliveries],
};
