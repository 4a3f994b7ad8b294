/** A call that was answered with an error, with what the problem document says. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
    this.name = 'ApiError';
  }
}

/** Base path of what agent-management serves; the rest is the coordinator's. */
export const AGENT_API = '/api/v1/agent';

/** Where the platform's services answer. */
export interface ServiceUrls {
  readonly coordinator: string;
  readonly agents: string;
}

/** The platform's HTTP API for one key: each request goes to the service that answers on its path. */
export class Api {
  private readonly urls: ServiceUrls;

  /** @param urls of both services, or of the one that gets all requests */
  constructor(
    urls: ServiceUrls | string,
    private readonly key: string,
  ) {
    this.urls = typeof urls === 'string' ? { coordinator: urls, agents: urls } : urls;
  }

  /** The same API for another key. */
  withKey(key: string): Api {
    return new Api(this.urls, key);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  /** @throws ApiError when the answer is an error; Error when there is none. */
  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(urlOf(this.urls, path), {
      method,
      headers: { 'x-api-key': this.key, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const answer = (await response.json()) as { detail?: string; errors?: { pointer: string; message: string }[] };
    if (response.ok) return answer as T;
    const fields = (answer.errors ?? []).map(({ pointer, message }) => `\n  ${pointer} ${message}`).join('');
    throw new ApiError(response.status, `${method} ${path}: ${response.status} ${answer.detail ?? ''}${fields}`);
  }
}

/** Whole URL of a path, at the service that answers on it. */
export function urlOf({ coordinator, agents }: ServiceUrls, path: string): string {
  return `${path.startsWith(`${AGENT_API}/`) ? agents : coordinator}${path}`;
}
