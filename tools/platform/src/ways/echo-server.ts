import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';

/** A request as a server got it. */
export interface SeenRequest {
  readonly server: string;
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/** A server that answers what it was asked, stands for one of those behind the router, and can be told to fail. */
export class EchoServer {
  private readonly sockets = new Set<Socket>();
  readonly seen: SeenRequest[] = [];
  /** Answers `/ready` by 503. */
  isReady = true;
  /** Cuts the connection of each request once it has read it, as a server does that is killed. */
  dies = false;

  private constructor(
    readonly name: string,
    private readonly server: Server,
  ) {}

  static async start(name: string): Promise<EchoServer> {
    const server = createServer();
    const echo = new EchoServer(name, server);
    server.on('request', (req: IncomingMessage, res: ServerResponse) => void echo.answer(req, res));
    server.on('connection', (socket: Socket) => {
      echo.sockets.add(socket);
      socket.once('close', () => echo.sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return echo;
  }

  /** `host:port`. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests below a path. */
  seenBelow(path: string): SeenRequest[] {
    return this.seen.filter(({ url }) => url.startsWith(path));
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let bytes = 0;
    for await (const part of req as AsyncIterable<Buffer>) bytes += part.length;
    const { method = '', url = '', headers } = req;
    if (url === '/ready') return void res.writeHead(this.isReady ? 200 : 503).end('{}');
    const seen = { server: this.name, method, url, headers, bytes };
    this.seen.push(seen);
    if (this.dies) return void req.socket.destroy();
    // Strangers are asked for a key, as by a service.
    const status = headers['x-api-key'] === undefined && url.startsWith('/api/') ? 401 : 200;
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(seen));
  }
}
