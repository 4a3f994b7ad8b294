import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Route } from './route';
import type { LoadRecord } from './tally';

export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are right answers. */
  readonly expected: readonly number[];
}

export interface LoadAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON. */
  readonly body: unknown;
  /** The body as it came. */
  readonly text: string;
}

/** There was no answer, or a wrong one; the tally has it. */
export class RequestFailed extends Error {
  constructor(what: string, reason: string, options?: ErrorOptions) {
    super(`${what}: ${reason}`, options);
    this.name = 'RequestFailed';
  }
}

/** An answer that does not come in this time counts as none. */
const TIMEOUT_MS = 30_000;

/**
 * A client with one keep-alive connection that sends each request once, whatever happens. Node's agent hides nothing:
 * it leaves a connection whose last answer said `Connection: close`, and repeats no request by itself.
 */
export class LoadClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly route: Route,
    private readonly key: string,
    private readonly tally: LoadRecord,
    /** Awaited before each request: what keeps its pace. */
    private readonly turn: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** @throws RequestFailed when there is no answer, or one with another status than expected. */
  async send(wanted: LoadRequest): Promise<LoadAnswer> {
    await this.turn();
    const base = this.route.next();
    const began = performance.now();
    const answer = await this.exchange(new URL(wanted.path, base), wanted).catch((cause: unknown) => {
      throw this.failed(wanted, reasonOf(cause), performance.now() - began, cause);
    });
    if (answer.headers.connection === 'close') {
      this.tally.farewell?.();
      this.route.farewell?.(base);
    }
    if (!wanted.expected.includes(answer.status)) {
      throw this.failed(wanted, `${answer.status} ${JSON.stringify(answer.body)}`, performance.now() - began);
    }
    this.tally.answer(serverOf(answer, base), performance.now() - began, wanted.method);
    return answer;
  }

  /** Closes the connection. */
  close(): void {
    this.agent.destroy();
  }

  private async exchange(url: URL, { method, headers, body }: LoadRequest): Promise<LoadAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const content = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(url, {
      agent: this.agent,
      method,
      headers: { 'x-api-key': this.key, ...(content && { 'content-type': 'application/json' }), ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    sent.on('response', resolve).on('error', reject).end(content);
    const answer = await promise;
    let text = '';
    for await (const part of answer.setEncoding('utf8')) text += part;
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: parsed(text), text };
  }

  private failed({ method, path }: LoadRequest, reason: string, tookMs: number, cause?: unknown): RequestFailed {
    this.tally.fail(`${method} ${path}`, reason, method, tookMs);
    return new RequestFailed(`${method} ${path}`, reason, { cause });
  }
}

/** Who answered, as a router says in `X-Served-By`; without a router it is who was asked. */
function serverOf({ headers }: LoadAnswer, base: string): string {
  const named = headers['x-served-by'];
  return typeof named === 'string' ? named : new URL(base).host;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A router's own error page.
    return text.slice(0, 200);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error
    ? `${error.message}${'code' in error ? ` (${String(error.code)})` : ''}`
    : String(error);
}
