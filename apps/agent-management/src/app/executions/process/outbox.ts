import type { Channel, Logger } from '@aitbc/shared-core';

/** The shortest time between two sends: under load one carries what hundreds of executions have to tell. */
const GAP_MS = 10;

/**
 * What is to be sent to the other processes of the database. What they do not get (a broken connection, say) they find out
 * by looking, so nothing is kept for later.
 */
export class Outbox {
  /** By a key under which a newer text takes the place of an older one. */
  private texts = new Map<string, string>();
  private sending: Promise<void> | undefined;
  private failed = false;
  private closed = false;

  /** @param whatFailed logged once for each outage: every execution would have something to send */
  constructor(
    private readonly channel: Channel,
    private readonly logger: Logger,
    private readonly whatFailed: string,
  ) {}

  put(text: string, key = text): void {
    this.texts.set(key, text);
    if (!this.closed) this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
  }

  /** Sends what is left, and closes the channel. */
  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.channel.close();
  }

  /** The first at once, whatever comes meanwhile after a gap. */
  private async sendAll(): Promise<void> {
    while (this.texts.size > 0) {
      const texts = [...this.texts.values()];
      this.texts = new Map();
      await this.send(texts);
      if (!this.closed) await new Promise((resolve) => setTimeout(resolve, GAP_MS));
    }
  }

  private async send(texts: readonly string[]): Promise<void> {
    try {
      await this.channel.send(texts);
      this.failed = false;
    } catch (error) {
      if (!this.failed) this.logger.warn(this.whatFailed, { error });
      this.failed = true;
    }
  }
}
