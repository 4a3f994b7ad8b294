import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { Server as SocketServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Logger } from '../logging/logger';
import { ServiceState } from './service-state';

export interface HttpServerOptions {
  readonly app: RequestListener;
  readonly state: ServiceState;
  readonly logger: Logger;
  /** How long the process answers on with `Connection: close` before it closes its socket; default 1500 ms. */
  readonly drainDelayMs?: number;
  /** How long requests in flight may take after that; default 8000 ms. */
  readonly closeTimeoutMs?: number;
}

/** Longer than nginx keeps idle upstream connections (60 s): the side that sends requests should be the one to close. */
const KEEP_ALIVE_MS = 65_000;

/** How long to look for a turn of the event loop in which no connection waits. */
const QUIET_TURN_MS = 250;
/** A turn that is shorter has hardly done anything. */
const SHORT_TURN_MS = 0.2;
/** How long an idle connection may stay after the socket is closed: its next request may be on the way. */
const LINGER_MS = 500;

/** A listening socket with a stop that loses no request. */
export class HttpServer {
  private readonly server: Server;
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: HttpServerOptions) {
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, options.app);
  }

  /**
   * Listens, marks the process as ready and gives the URL. `port` 0 takes a free one.
   * @throws Error when the address is in use or not ours.
   */
  async start(host: string, port: number): Promise<string> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const url = this.url(host);
    this.options.state.markReady();
    this.options.logger.info('listening', { event: 'listening', url });
    return url;
  }

  /**
   * Readiness 503 and `Connection: close` for the drain delay, so that routers and keep-alive clients go elsewhere; then
   * no new connections, while those that are there may still bring a request; then, after the close time-out, what still
   * hangs is cut.
   */
  stop(): Promise<void> {
    this.stopping ??= this.drainAndClose();
    return this.stopping;
  }

  private async drainAndClose(): Promise<void> {
    const { state, logger, drainDelayMs = 1_500, closeTimeoutMs = 8_000 } = this.options;
    state.startDraining();
    if (!this.server.listening) return;
    if (drainDelayMs > 0) await delay(drainDelayMs);
    await this.noConnectionWaits();
    const closed = once(this.server, 'close');
    // Not the HTTP server's own close(), which also cuts kept connections whose next request has not been read yet.
    SocketServer.prototype.close.call(this.server);
    const timer = setTimeout(() => {
      logger.warn('requests in flight were cut', { event: 'drain_timeout', after_ms: closeTimeoutMs });
      this.server.closeAllConnections();
    }, closeTimeoutMs);
    await Promise.race([closed, delay(Math.min(LINGER_MS, closeTimeoutMs))]);
    // A timer fires before what has arrived is read.
    await nextTurn();
    this.server.closeIdleConnections();
    await closed;
    clearTimeout(timer);
  }

  /**
   * The kernel resets connections that wait to be accepted when the socket closes, with the requests that a router has
   * sent on them already. Node accepts one in each turn of the event loop: after a turn without any none waits, unless
   * it came in that very turn, which is why it should be a short one.
   */
  private async noConnectionWaits(): Promise<void> {
    let accepted = true;
    const onConnection = () => (accepted = true);
    this.server.on('connection', onConnection);
    const end = performance.now() + QUIET_TURN_MS;
    let turnBegan = -Infinity;
    while (performance.now() < end && (accepted || performance.now() - turnBegan > SHORT_TURN_MS)) {
      accepted = false;
      turnBegan = performance.now();
      await nextTurn();
    }
    this.server.off('connection', onConnection);
  }

  private url(host: string): string {
    const address = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
    return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  }
}
