import { type ReceivedEvent, serverEvents } from './server-events';

async function* pieces(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text;
}

function* bytesOf(text: string): Generator<Uint8Array> {
  for (const byte of Buffer.from(text)) yield Uint8Array.of(byte);
}

async function read(...texts: (string | Uint8Array)[]): Promise<ReceivedEvent[]> {
  const events: ReceivedEvent[] = [];
  for await (const event of serverEvents(pieces(...texts))) events.push(event);
  return events;
}

describe('Server-Sent Events', () => {
  it('are read with name, id and data', async () => {
    expect(await read('event: token\nid: 7\ndata: {"a":1}\n\n')).toEqual([
      { event: 'token', id: '7', data: '{"a":1}' },
    ]);
  });

  it('are messages without an id where the sender says no more than data', async () => {
    expect(await read('data:x\n\n')).toEqual([{ event: 'message', id: undefined, data: 'x' }]);
  });

  it.each(['\n', '\r\n', '\r'])('are the same however they were cut, with lines that end in %j', async (end) => {
    const text = ['data: é🌊', 'data:  b', '', ': comment', 'event: x', 'data', '', ''].join(end);
    const expected = [
      { event: 'message', id: undefined, data: 'é🌊\n b' },
      { event: 'x', id: undefined, data: '' },
    ];
    expect(await read(text)).toEqual(expected);
    expect(await read(...bytesOf(text))).toEqual(expected);
  });

  it('hold colons in their data', async () => {
    expect(await read('data: a: b:c\n\n')).toMatchObject([{ data: 'a: b:c' }]);
  });

  it('without data, or cut off by the end, are none', async () => {
    expect(await read(': keep-alive\n\nevent: x\n\n\n\ndata: 1\n\ndata: 2\n')).toMatchObject([{ data: '1' }]);
  });
});
