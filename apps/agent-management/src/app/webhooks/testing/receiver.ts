import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that a receiver has got. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  /** As it came. */
  readonly text: string;
  readonly event: { readonly type: string; readonly subject: string; readonly data: Record<string, unknown> };
}

/** How a message is answered: with a status, or by the test itself. */
export type Answer = number | ((res: ServerResponse) => void);

/** A receiver of webhooks on a port of its own; all answers are 204 unless the test says otherwise. */
export class Receiver {
  /** Every message, whatever was answered. */
  readonly received: Received[] = [];
  /** Messages that were answered with 2xx. */
  readonly taken: Received[] = [];
  answer: (message: Received) => Answer | Promise<Answer> = () => 204;
  private readonly server = http.createServer((req, res) => void this.receive(req, res));
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Listens, and after a `stop` on the same port as before. */
  async start(): Promise<this> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** `subject seq` of what was taken, each once, in the order of its first arrival. */
  get arrivals(): string[] {
    const all = this.taken.map(({ event }) => `${event.subject} ${String(event.data['seq'])}`);
    return [...new Set(all)];
  }

  private async receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const message = { headers: req.headers, text, event: JSON.parse(text) as Received['event'] };
    this.received.push(message);
    const answer = await this.answer(message);
    if (typeof answer === 'function') return answer(res);
    if (answer >= 200 && answer < 300) this.taken.push(message);
    res.writeHead(answer).end();
  }
}
