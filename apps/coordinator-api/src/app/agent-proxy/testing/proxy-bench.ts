import { once } from 'node:events';
import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Metrics } from '@aitbc/shared-core';
import { createTestApp, memoryLogger, type TestApp } from '@aitbc/shared-core/testing';
import { AgentProxy, type AgentProxyOptions } from '../agent-proxy';

/** A server of a test, with what it has been asked. */
export interface TestServer {
  readonly url: string;
  readonly server: Server;
  readonly asked: IncomingMessage[];
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly message: IncomingMessage;
  readonly body: string;
}

/** @param port 0 takes a free one */
export async function serve(listener: RequestListener, port = 0): Promise<TestServer> {
  const asked: IncomingMessage[] = [];
  const server = http.createServer((req, res) => {
    asked.push(req);
    listener(req, res);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...{ server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

export interface ProxyBench extends TestServer, Pick<TestApp, 'lines' | 'state'> {
  /** A sample of `/metrics`, such as `aitbc_agent_proxy_circuit_open`. */
  metric(sample: string): Promise<string | undefined>;
}

/** For a service that answers: no stall of the machine may pass for its silence. */
const PATIENT = { connectMs: 20_000, marginMs: 20_000 };

/** An app that passes requests on to `url`, and answers the others with its own 404. */
export async function serveProxy(url: string, options: Partial<AgentProxyOptions> = {}): Promise<ProxyBench> {
  const { logger, lines } = memoryLogger();
  const proxy = new AgentProxy({ url, logger, restartMs: 0, ...PATIENT, ...options });
  const metrics = new Metrics(proxy.metrics, logger);
  const beforeBody = (routes: TestApp['app']) => void routes.use(proxy.handler);
  const { app, state } = createTestApp(() => undefined, { beforeBody, metrics, logger });
  const served = await serve(app);
  return {
    ...{ ...served, lines, state },
    metric: async (sample) =>
      (await metrics.render()).text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.slice(sample.length + 1),
    close: async () => {
      await served.close();
      proxy.close();
    },
  };
}

/** A request on a connection of its own; `start` sends no body and leaves the rest to the caller. */
export function start(url: string, path: string, options: http.RequestOptions = {}): http.ClientRequest {
  const { hostname, port } = new URL(url);
  return http.request({ hostname, port, path, agent: false, ...options });
}

/** The head of its answer. @throws Error when there is none */
export async function headOf(request: http.ClientRequest): Promise<IncomingMessage> {
  const [message] = (await once(request, 'response')) as [IncomingMessage];
  return message;
}

/** The whole answer. @throws Error when it is not complete */
export async function ask(url: string, path: string, options: http.RequestOptions = {}, body = ''): Promise<Answer> {
  const request = start(url, path, options);
  request.end(body);
  const message = await headOf(request);
  return { status: message.statusCode ?? 0, message, body: await text(message) };
}

/** The next piece of a stream. */
export async function nextChunk(message: IncomingMessage): Promise<string> {
  const [chunk] = (await once(message, 'data')) as [Buffer];
  return chunk.toString();
}
