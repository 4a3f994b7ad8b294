import type { ServiceConnection } from '@aitbc/shared-core';
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/coordinator-api';

/** Bodies and answers by the names that the OpenAPI document gives them. */
export type Schemas = components['schemas'];

/** Calls of the coordinator, typed by its OpenAPI document. */
export interface CoordinatorApi {
  /** For calls that are answered at once. */
  readonly quick: Client<paths>;
  /** For calls that the coordinator may hold back for so many seconds. */
  patient(seconds: number): Client<paths>;
}

/** @param baseUrl of the coordinator, without a slash at the end */
export function coordinatorApi(connection: Pick<ServiceConnection, 'fetch'>, baseUrl: string): CoordinatorApi {
  const clientOf = (seconds: number) => createClient<paths>({ baseUrl, fetch: connection.fetch(seconds) });
  return { quick: clientOf(0), patient: clientOf };
}
