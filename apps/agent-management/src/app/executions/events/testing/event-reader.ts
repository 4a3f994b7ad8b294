import { type ReceivedEvent, serverEvents } from '@aitbc/shared-core';

/** Reads a stream of events over a real connection. */
export class EventReader {
  /** What has come so far, byte for byte. */
  raw = '';
  readonly received: AsyncGenerator<ReceivedEvent>;

  private constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {
    this.received = serverEvents(this.bytes());
  }

  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const leaving = new AbortController();
    return new EventReader(await fetch(url, { headers, signal: leaving.signal }), leaving);
  }

  /** The next `count` events. @throws Error when the stream ends before */
  async take(count: number): Promise<ReceivedEvent[]> {
    const taken: ReceivedEvent[] = [];
    while (taken.length < count) {
      const { value, done } = await this.received.next();
      if (done) throw new Error(`the stream ended after ${taken.length} of ${count} events`);
      taken.push(value);
    }
    return taken;
  }

  /** All that is still to come. */
  async rest(): Promise<ReceivedEvent[]> {
    const rest: ReceivedEvent[] = [];
    for await (const event of this.received) rest.push(event);
    return rest;
  }

  leave(): void {
    this.leaving.abort();
  }

  private async *bytes(): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder();
    const body: AsyncIterable<Uint8Array> | null = this.response.body;
    for await (const chunk of body ?? []) {
      this.raw += decoder.decode(chunk, { stream: true });
      yield chunk;
    }
  }
}
