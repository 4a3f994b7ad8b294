import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeAnswer = readonly [status: number, body: object];

/** A service that gives the answers of a function, and keeps what it was asked. */
export class FakeService {
  readonly asked: IncomingMessage[] = [];
  private readonly server: Server;

  constructor(answer: (request: IncomingMessage) => FakeAnswer) {
    this.server = createServer((request, response) => {
      this.asked.push(request);
      const [status, body] = answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `GET /api/v1/jobs with <key>`, and forgets them. */
  calls(): string[] {
    return this.asked.splice(0).map(({ method, url, headers }) => {
      return `${method} ${url} with ${headers['x-api-key']?.toString() ?? 'no key'}`;
    });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
