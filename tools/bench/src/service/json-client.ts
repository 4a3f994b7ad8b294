import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The HTTP API of a service for one key, on connections that stay open. Cheaper than `fetch`, since clients share the cores. */
export class JsonClient {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return JSON.parse((await this.send('GET', path)).text) as T;
  }

  async post<T>(path: string, body: object): Promise<T> {
    return JSON.parse((await this.send('POST', path, JSON.stringify(body))).text) as T;
  }

  /** @throws Error when the answer is not 2xx, or there is none. */
  async send(method: string, path: string, body?: string): Promise<Answer> {
    const answer = await this.exchange(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(method: string, path: string, body: string | undefined): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const headers = { 'x-api-key': this.key, 'content-type': 'application/json', ...length };
    const sent = request(`${this.url}${path}`, { method, agent: this.agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
    return promise;
  }
}
