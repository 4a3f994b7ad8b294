import createClient, { type Client } from 'openapi-fetch';
import { setTemplate } from './request-template';
import type { FetchRequest, ServiceConnection } from './service-connection';
import { throwProblem } from './service-problem';

/** Calls of a service, typed by its OpenAPI document (`paths` of `openapi-typescript`). */
export interface TypedApi<Paths extends object> {
  /** For calls that are answered at once. */
  readonly quick: Client<Paths>;
  /** For calls that the service may hold back for so many seconds. */
  patient(seconds: number): Client<Paths>;
  /** For streams, with `parseAs: 'stream'`: when the head of the answer is there, its body may take any time. */
  readonly streaming: Client<Paths>;
}

/** @param baseUrl of the service, without a slash at the end */
export function typedApi<Paths extends object>(
  connection: Pick<ServiceConnection, 'fetch'>,
  baseUrl: string,
): TypedApi<Paths> {
  const clientOf = (fetch: FetchRequest) => {
    const client = createClient<Paths>({ baseUrl, fetch, querySerializer: { array: LISTS } });
    client.use({ onRequest: ({ request, schemaPath }) => setTemplate(request, schemaPath) });
    return client;
  };
  return {
    quick: clientOf(connection.fetch()),
    patient: (seconds) => clientOf(connection.fetch(seconds)),
    streaming: clientOf(connection.fetch(0, { stream: true })),
  };
}

/** `tags=a,b`, as all documents of the platform say. */
const LISTS = { style: 'form', explode: false } as const;

/** What a typed call gives. */
export interface TypedAnswer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The body of a good answer.
 * @param service as errors call it: `the coordinator`
 * @throws AppError for any other, see {@link throwProblem}
 */
export function dataOf<T>(service: string, { data, error, response }: TypedAnswer<T>): T {
  if (!response.ok || data === undefined) throwProblem(service, response, error);
  return data;
}

/** The same, and `undefined` for what is not there. */
export function foundIn<T>(service: string, answer: TypedAnswer<T>): T | undefined {
  return answer.response.status === 404 ? undefined : dataOf(service, answer);
}
