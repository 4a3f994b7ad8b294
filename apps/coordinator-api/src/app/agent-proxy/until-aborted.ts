import type { Readable } from 'node:stream';

/**
 * The chunks of a stream up to its end, or up to the abort, which destroys it and is no error: a reader of events takes up
 * elsewhere what it has not got, and does not mind the half of an event.
 * @throws Error of the stream
 */
export async function* untilAborted(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
