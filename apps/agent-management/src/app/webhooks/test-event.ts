/** The type of what `POST /webhooks/{id}/test` sends. */
export const TEST_EVENT = 'webhook.test';

export interface TestEventParts {
  /** Of the delivery. */
  readonly id: string;
  readonly webhookId: string;
  /** RFC 3339. */
  readonly time: string;
  readonly source: string;
}

/** A CloudEvent (1.0, JSON format) like those of executions, about the webhook itself. */
export function testEventOf({ id, webhookId, time, source }: TestEventParts) {
  return {
    specversion: '1.0',
    id,
    source,
    type: `com.aitbc.${TEST_EVENT}`,
    subject: webhookId,
    time,
    datacontenttype: 'application/json',
    data: { webhook_id: webhookId },
  };
}
