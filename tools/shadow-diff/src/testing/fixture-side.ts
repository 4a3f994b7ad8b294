import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers as a test says, and remembers what it was asked. */
export interface FixtureSide {
  readonly url: string;
  /** What was asked, but for its documents. */
  readonly asked: IncomingMessage[];
  close(): Promise<void>;
}

const DOCUMENT = { paths: { '/api/v1/agent/agents/{agent_id}': {}, '/api/v1/agent/agents': {} } };

export async function fixtureSide(listener: RequestListener): Promise<FixtureSide> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/openapi.json') return void response.end(JSON.stringify(DOCUMENT));
    asked.push(request);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, asked },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers JSON with this status. */
export function json(body: unknown, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
