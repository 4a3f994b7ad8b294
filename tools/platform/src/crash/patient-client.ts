import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 50;
/** A request that a dying process took along without closing its connection is given up, or its client waits for minutes. */
const ANSWER_MS = 15_000;

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Without one a POST may be carried out more than once. */
  readonly idempotencyKey?: string;
  /** Statuses that are an answer; others that a client must expect of a dying service are asked again. */
  readonly expect: readonly number[];
}

/** A client that asks again until it is answered, since the service dies under its requests. */
export class PatientClient {
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /**
   * @throws Error for an answer that is none of the expected ones, and no sign of a service in trouble either; when the
   *   client is closed
   */
  async call<Body>(call: Call): Promise<Body> {
    while (!this.closed) {
      const response = await this.send(call).catch(() => undefined);
      if (response && call.expect.includes(response.status)) return response.body as Body;
      if (response && response.status < 500 && response.status !== 429) {
        throw new Error(`${call.method} ${call.path}: ${response.status} ${JSON.stringify(response.body)}`);
      }
      await delay(PAUSE_MS);
    }
    throw new Error('the client is closed');
  }

  /** Nothing is asked again from now on. */
  close(): void {
    this.closed = true;
  }

  private async send({ method, path, body, idempotencyKey }: Call): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'x-api-key': this.key,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return { status: response.status, body: await response.json() };
  }
}
