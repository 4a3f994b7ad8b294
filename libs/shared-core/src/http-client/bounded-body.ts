/** The body is longer than its reader wants. */
export class BodyTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`the body is longer than ${maxBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** Passes a body on in pieces. @throws BodyTooLarge as soon as more than `maxBytes` came: no sender fills our memory or disk. */
export async function* boundedBody(response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge(maxBytes);
    yield chunk;
  }
}

/** The whole body as UTF-8. @throws BodyTooLarge */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of boundedBody(response, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The whole body as JSON. @throws BodyTooLarge; SyntaxError when it is no JSON. */
export async function readJson(response: Response, maxBytes: number): Promise<unknown> {
  return JSON.parse(await readText(response, maxBytes));
}
