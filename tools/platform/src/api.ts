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

/** The platform's HTTP API for one key. */
export class Api {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  /** The same API for another key. */
  withKey(key: string): Api {
    return new Api(this.baseUrl, key);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  /** @throws ApiError when the answer is an error; Error when there is none. */
  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
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
