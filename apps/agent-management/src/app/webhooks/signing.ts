import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** The specification wants 24 to 64. */
const SECRET_BYTES = 32;

/** A secret as Standard Webhooks 1.0.0 writes them: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** What a receiver needs to tell that a message is ours and new. */
export interface WebhookMessage {
  /** The same for each attempt; without a full stop, which separates what is signed. */
  readonly id: string;
  /** Of this attempt, in whole seconds since 1970. */
  readonly timestamp: number;
  readonly payload: string;
}

/**
 * The headers of Standard Webhooks 1.0.0 (“Signature scheme”, “Webhook headers”): HMAC-SHA256 over
 * `{id}.{timestamp}.{payload}`, one signature for each secret, so that the receiver may know the old one or the new one.
 */
export function signatureHeaders(secrets: readonly string[], message: WebhookMessage): Record<string, string> {
  const { id, timestamp, payload } = message;
  const content = `${id}.${timestamp}.${payload}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
