/** An event of a stream of Server-Sent Events as it arrived. */
export interface ReceivedEvent {
  /** `message` when the sender named none. */
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads Server-Sent Events (WHATWG HTML, 9.2.6) out of bytes, wherever they were cut. Comments are passed over; an event
 * that the end of the stream cuts off is dropped, as the standard says.
 */
export async function* serverEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReceivedEvent> {
  let fields: [name: string, value: string][] = [];
  for await (const line of lines(bytes)) {
    if (line !== '') {
      fields.push(fieldOf(line));
      continue;
    }
    const event = eventOf(fields);
    fields = [];
    if (event) yield event;
  }
}

/** Lines end with CR, LF or both. One that nothing ends is not given. */
async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the very end may be one half of a CRLF: it waits for what follows.
    const parts = rest.split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest.endsWith('\r')) yield rest.slice(0, -1);
}

function fieldOf(line: string): [name: string, value: string] {
  const [, name = line, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
  return [name, value];
}

function eventOf(fields: readonly (readonly [name: string, value: string])[]): ReceivedEvent | undefined {
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  if (data.length === 0) return undefined;
  const last = (wanted: string) => fields.findLast(([name]) => name === wanted)?.[1];
  return { event: last('event') || 'message', id: last('id'), data: data.join('\n') };
}
