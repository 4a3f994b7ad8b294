import type { Actor } from './actors';
import type { Headers } from './client';
import { record } from './record';
import { target } from './target';

/** An event as it came; `data` is what its JSON says. */
export interface StreamEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: Record<string, unknown>;
}

export interface StreamRequest {
  /** Sent with POST; without it the request is a GET. */
  readonly body?: object;
  readonly headers?: Headers;
}

/** A stream of Server-Sent Events that is read event by event. */
export class EventStream {
  private constructor(
    readonly response: Response,
    private readonly events: AsyncGenerator<StreamEvent>,
    private readonly leaving: AbortController,
  ) {}

  static async open({ key }: Actor, path: string, { body, headers }: StreamRequest): Promise<EventStream> {
    const leaving = new AbortController();
    const method = body ? 'POST' : 'GET';
    const response = await fetch(target.baseUrl + path, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
      signal: leaving.signal,
    });
    record(method.toLowerCase(), path, response.status);
    return new EventStream(response, eventsOf(response), leaving);
  }

  /** Waits for the next event. @throws Error when the stream has ended. */
  async next(): Promise<StreamEvent> {
    const { value, done } = await this.events.next();
    if (done) throw new Error('the stream has ended');
    return value;
  }

  /** All that is still to come. */
  async rest(): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for await (const event of this.events) events.push(event);
    return events;
  }

  leave(): void {
    this.leaving.abort();
  }
}

async function* eventsOf(response: Response): AsyncGenerator<StreamEvent> {
  const bytes: AsyncIterable<Uint8Array> | null = response.body;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    // What has no data is no event: comments, and places and pauses that are told in silence.
    for (const block of blocks) if (/^data:/m.test(block)) yield eventIn(block);
  }
}

function eventIn(block: string): StreamEvent {
  const {
    event = 'message',
    data = '',
    ...fields
  } = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  ) as Record<string, string | undefined>;
  const { id } = fields;
  return { event, data: JSON.parse(data) as Record<string, unknown>, ...(id !== undefined && { id }) };
}
