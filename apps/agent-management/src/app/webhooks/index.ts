export { composeWebhooks, type WebhookConfiguration, type WebhookDeps, type Webhooks } from './compose-webhooks';
export { webhookDocument } from './webhook.openapi';
