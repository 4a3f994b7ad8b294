import { type GuardedHttpClient, GuardedRequestError, retryAfterValueMs } from '@aitbc/shared-core';
import { signatureHeaders } from '../signing';
import type { AttemptResult } from './attempt';

/** Where something is sent, and what it is signed with. */
export interface Receiver {
  readonly url: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: number | null;
}

/** What is sent. */
export interface Message {
  readonly id: string;
  readonly payload: string;
}

const MEDIA_TYPE = 'application/cloudevents+json; charset=UTF-8';
const USER_AGENT = 'AITBC-Webhooks/1';

/** Makes one attempt. */
export class DeliverySender {
  constructor(
    private readonly client: Pick<GuardedHttpClient, 'send'>,
    private readonly now: () => number,
  ) {}

  /** @throws the signal's reason when it was aborted: then it is unknown whether it arrived. */
  async send(receiver: Receiver, { id, payload }: Message, signal: AbortSignal): Promise<AttemptResult> {
    const now = this.now();
    const signed = signatureHeaders(secretsOf(receiver, now), { id, timestamp: Math.floor(now / 1_000), payload });
    const headers = { ...signed, 'content-type': MEDIA_TYPE, 'user-agent': USER_AGENT };
    try {
      const response = await this.client.send({ method: 'POST', url: receiver.url, headers, body: payload, signal });
      return { status: response.status, retryAfterMs: retryAfterValueMs(response.headers['retry-after'], now) };
    } catch (error) {
      if (error instanceof GuardedRequestError) return { error: error.message };
      throw error;
    }
  }
}

function secretsOf({ secret, previousSecret, previousSecretUntil }: Receiver, now: number): string[] {
  const isOver = previousSecret === null || (previousSecretUntil ?? 0) <= now;
  return isOver ? [secret] : [secret, previousSecret];
}
