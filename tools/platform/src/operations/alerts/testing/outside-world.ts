import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The model that the endpoint offers, and of whose price nobody was told. */
export const MODEL = 'unpriced';
/** A prompt that is not answered until `release`. */
export const HANGING_PROMPT = 'hang';

/** What the platform calls: receivers of webhooks, and an inference endpoint. Each fails in the way that its name says. */
export class OutsideWorld {
  private readonly held = new Set<ServerResponse>();
  private holds = true;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OutsideWorld> {
    const server = createServer();
    const world = new OutsideWorld(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void world.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return world;
  }

  /** Of the inference endpoint, or with a path that of a receiver: `/failing` answers 500, `/hanging` nothing. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers all that wait for an answer, and from now on at once. */
  release(): void {
    this.holds = false;
    for (const response of this.held) complete(response);
    this.held.clear();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    if (request.url === '/failing') return void response.writeHead(500).end();
    if (request.url === '/models') return void response.end(JSON.stringify({ data: [{ id: MODEL }] }));
    const isHeld = request.url === '/hanging' || body.includes(`"${HANGING_PROMPT}"`);
    if (isHeld && this.holds) this.held.add(response);
    else complete(response);
  }
}

function complete(response: ServerResponse): void {
  const choices = [{ message: { role: 'assistant', content: 'done' }, finish_reason: 'stop' }];
  response.end(JSON.stringify({ choices, usage: { prompt_tokens: 1, completion_tokens: 1 } }));
}
