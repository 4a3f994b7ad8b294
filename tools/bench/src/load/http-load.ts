import autocannon from 'autocannon';
import { percentile } from '../statistics';

export interface LoadRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  /** Whether an answer is right. */
  readonly isRight: (status: number, body: string) => boolean;
}

export interface Load {
  readonly url: string;
  readonly key?: string;
  readonly connections: number;
  /** Each connection sends them one after another, and begins anew; each begins at another place. */
  readonly requests: readonly LoadRequest[];
  readonly durationMs: number;
}

export interface LoadResult {
  readonly answers: number;
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Puts a service under the load of clients that each wait for their answer before they ask again.
 * @throws Error when an answer was wrong, or a connection failed.
 */
export async function httpLoad({ url, key, connections, requests, durationMs }: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  let wrong: string | undefined;
  const checked = requests.map(({ isRight, ...request }) => ({
    method: 'GET',
    ...request,
    onResponse: (status: number, body: string) => {
      if (!isRight(status, body)) wrong ??= `${request.path} answered ${status} ${body.slice(0, 300)}`;
    },
  }));
  let clients = 0;
  const instance = autocannon({
    url,
    connections,
    duration: durationMs / 1_000,
    sampleInt: 100,
    headers: { 'content-type': 'application/json', ...(key !== undefined && { 'x-api-key': key }) },
    requests: checked,
    setupClient: (client) => {
      const first = Math.floor((clients++ * checked.length) / connections);
      client.setRequests([...checked.slice(first), ...checked.slice(0, first)]);
    },
  });
  instance.on('response', (_client: unknown, _status: number, _bytes: number, milliseconds: number) =>
    latencies.push(milliseconds),
  );
  const { duration, errors } = await instance;
  if (wrong !== undefined) throw new Error(`a wrong answer: ${wrong}`);
  if (errors > 0) throw new Error(`${errors} requests of ${latencies.length} got no answer`);
  if (latencies.length === 0) throw new Error('no answer at all');
  return {
    answers: latencies.length,
    rate: latencies.length / duration,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
  };
}
