import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer with a body of JSON. */
export interface Tampered {
  readonly status: number;
  readonly body: unknown;
}

export interface TamperingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Belongs to one connection, or is made anew with the body. */
const NOT_PASSED_ON = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

/** Passes reads on to a service, and its answers back as `tamper` makes them. */
export async function tamperingProxy(target: string, tamper: (answer: Tampered) => Tampered): Promise<TamperingProxy> {
  const server = createServer((request, response) => {
    pass(target, tamper, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function pass(
  target: string,
  tamper: (answer: Tampered) => Tampered,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const sent = Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.has(name)) as [string, string][];
  const answer = await fetch(`${target}${url}`, { method: method ?? 'GET', headers: sent });
  const { status, body } = tamper({ status: answer.status, body: await answer.json() });
  const kept = [...answer.headers].filter(([name]) => !NOT_PASSED_ON.has(name));
  response.writeHead(status, Object.fromEntries(kept)).end(JSON.stringify(body));
}

/** The value with a field under another name, however deep it is. */
export function renamed(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key === from ? to : key, renamed(inner, from, to)]),
  );
}
