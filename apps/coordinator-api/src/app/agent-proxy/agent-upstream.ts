import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { pause } from '@aitbc/shared-core';
import { codeOf, exchange, StaleConnection } from './exchange';
import type { HeaderLine } from './proxy-headers';

export interface UpstreamOptions {
  /** Of agent-management, without a slash at its end. */
  readonly url: string;
  /** For a connection (ms). */
  readonly connectMs: number;
  /** How long a service that refuses connections is waited for (ms), from the first refusal on. */
  readonly restartMs: number;
}

export interface UpstreamRequest {
  readonly method: string;
  /** Path and query, as they are sent. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Readable | undefined;
  /** From the end of the request to the head of its answer (ms). */
  readonly headMs: number;
  /** Ends the request while there is no head of an answer; later the answer itself is destroyed. */
  readonly signal: AbortSignal;
}

/** Asking these twice does what asking once does, and answers are all they do (RFC 9110, 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOK_AGAIN_MS = 100;

/**
 * Connections to agent-management.
 *
 * Reads without a body share kept connections. The service may close such a one in the moment in which a request is on
 * its way over it, without having seen it: a read that got no byte of an answer on a connection that was used before is
 * sent once more, on a new one. Everything else gets a new connection each, which nobody has had time to close, and is
 * never sent twice. A service that refuses connections is restarting, more often than not, and nothing has been sent to
 * it: for a while it is waited for.
 */
export class AgentUpstream {
  private readonly protocol: typeof http | typeof https;
  private readonly kept: http.Agent;
  private readonly fresh: http.Agent;
  private readonly base: URL;
  private refusedSince: number | undefined;

  constructor(private readonly options: UpstreamOptions) {
    this.base = new URL(options.url);
    const isPlain = this.base.protocol === 'http:';
    this.protocol = isPlain ? http : https;
    this.kept = new this.protocol.Agent({ keepAlive: true });
    // Not `keepAlive: false`: with `Connection: close` the service would close while the rest of a body that it has refused
    // is still on the way, and the reset that follows could overtake its answer.
    this.fresh = new this.protocol.Agent({ keepAlive: true });
    this.fresh.keepSocketAlive = () => false;
  }

  /**
   * The answer, as soon as its head is there. Whoever takes it must read or destroy it.
   * @throws Error when there is none, of whatever kind; that of the signal's abort too.
   */
  async send(request: UpstreamRequest): Promise<IncomingMessage> {
    for (;;) {
      try {
        return await this.sendOnce(request);
      } catch (error) {
        if (codeOf(error) !== 'ECONNREFUSED' || !this.mayStillCome()) throw error;
        await pause(LOOK_AGAIN_MS, request.signal);
      }
    }
  }

  /** Whether the service answers at all, within the time for a connection. @throws Error when it does not */
  async probe(): Promise<void> {
    const signal = AbortSignal.timeout(2 * this.options.connectMs);
    const headMs = this.options.connectMs;
    const answer = await this.over(this.fresh, { method: 'GET', target: '/health', headers: [], headMs, signal });
    answer.resume().on('error', () => undefined);
  }

  close(): void {
    this.kept.destroy();
    this.fresh.destroy();
  }

  private async sendOnce(request: UpstreamRequest): Promise<IncomingMessage> {
    if (request.body || !SAFE.has(request.method)) return this.over(this.fresh, request);
    try {
      return await this.over(this.kept, request);
    } catch (error) {
      if (!(error instanceof StaleConnection) || request.signal.aborted) throw error;
      return this.over(this.fresh, request);
    }
  }

  private over(agent: http.Agent, request: UpstreamRequest): Promise<IncomingMessage> {
    const { hostname, port, pathname } = this.base;
    const path = pathname === '/' ? request.target : `${pathname}${request.target}`;
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const outgoing = this.protocol.request({ host, port, path, method: request.method, agent, setHost: false });
    // Node would add the one or the other to a POST that has neither, and so give it a body.
    outgoing.removeHeader('Content-Length');
    outgoing.removeHeader('Transfer-Encoding');
    for (const [name, value] of request.headers) outgoing.appendHeader(name, value);
    if (!outgoing.hasHeader('Host')) outgoing.setHeader('Host', this.base.host);
    const onConnected = () => (this.refusedSince = undefined);
    return exchange(outgoing, { ...request, connectMs: this.options.connectMs, onConnected });
  }

  private mayStillCome(): boolean {
    this.refusedSince ??= performance.now();
    return performance.now() - this.refusedSince < this.options.restartMs;
  }
}
