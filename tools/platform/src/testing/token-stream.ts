import { boundedBody, type ReceivedEvent, serverEvents } from '@aitbc/shared-core';

/** An answer in Server-Sent Events that is read event by event. */
export interface TokenStream {
  /** Waits for the next event; `undefined` at the end. */
  next(): Promise<ReceivedEvent | undefined>;
  /** All that is still to come. */
  rest(): Promise<ReceivedEvent[]>;
  leave(): void;
}

/** @throws Error when the answer is no stream. */
export async function openTokenStream(url: string, key: string, init: RequestInit = {}): Promise<TokenStream> {
  const leaving = new AbortController();
  const headers = { 'x-api-key': key, 'content-type': 'application/json', ...init.headers };
  const response = await fetch(url, { ...init, headers, signal: leaving.signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const events = serverEvents(boundedBody(response, 1024 * 1024));
  const next = async () => (await events.next()).value as ReceivedEvent | undefined;
  return {
    next,
    rest: async () => {
      const all: ReceivedEvent[] = [];
      for (let event = await next(); event; event = await next()) all.push(event);
      return all;
    },
    leave: () => leaving.abort(),
  };
}
