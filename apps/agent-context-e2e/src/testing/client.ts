import { setTimeout as delay } from 'node:timers/promises';
import request, { type Response } from 'supertest';
import { record } from './record';
import { serviceOf } from './target';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Headers = Readonly<Record<string, string>>;

export interface Call {
  /** The status that it must answer, or those of which it may answer any; without it, any at all. */
  readonly status?: number | readonly number[];
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent byte for byte, as JSON unless `headers` say otherwise. */
  readonly raw?: string | Buffer;
  readonly headers?: Headers;
  /** False: a 429 is an answer like any other. */
  readonly patient?: boolean;
}

const RATE_LIMIT_PATIENCE = 60;

/** Speaks to the service with one key, or with none. Paths are whole; answers with another status throw. */
export class Client {
  constructor(private readonly key?: string) {}

  get(path: string, status = 200): Promise<Response> {
    return this.call('get', path, { status });
  }

  post(path: string, body?: unknown, status = 201): Promise<Response> {
    return this.call('post', path, { status, body });
  }

  put(path: string, body: unknown, status = 200): Promise<Response> {
    return this.call('put', path, { status, body });
  }

  patch(path: string, body: unknown, status = 200): Promise<Response> {
    return this.call('patch', path, { status, body });
  }

  delete(path: string, status = 204): Promise<Response> {
    return this.call('delete', path, { status });
  }

  async call(method: Method, path: string, call: Call): Promise<Response> {
    const patience = call.patient === false ? 0 : RATE_LIMIT_PATIENCE;
    const response = await this.send(method, path, call, patience);
    if (call.status === undefined) return response;
    const expected = [call.status].flat();
    if (expected.includes(response.status)) return response;
    const answered = `${method.toUpperCase()} ${path} answered ${response.status} instead of ${expected.join(' or ')}`;
    throw new Error(`${answered}: ${response.text}`);
  }

  /** Waits as a 429 asks, like every client should: the suite must also pass where the rate limit is low. */
  private async send(method: Method, path: string, call: Call, patience: number): Promise<Response> {
    const response = await this.once(method, path, call);
    if (response.status !== 429 || patience === 0) return response;
    await delay(Number(response.headers['retry-after'] ?? 1) * 1_000);
    return this.send(method, path, call, patience - 1);
  }

  private async once(method: Method, path: string, call: Call): Promise<Response> {
    const response = await this.request(method, path, call);
    record(method, path, response.status);
    return response;
  }

  private async request(method: Method, path: string, { body, raw, headers }: Call): Promise<Response> {
    const test = request(serviceOf(path))[method](path);
    if (this.key !== undefined) void test.set('x-api-key', this.key);
    if (raw !== undefined) void test.set('content-type', 'application/json');
    if (headers) void test.set(headers);
    if (raw !== undefined) return test.serialize((data) => data as string).send(raw as string);
    return body === undefined ? test : test.send(body as object);
  }
}
