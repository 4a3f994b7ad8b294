import type { Response } from 'supertest';
import { unique } from './actors';
import type { Call, Client } from './client';
import type { Operation } from './documented';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/** Sends a request of an operation, with ids that nothing has, so that it changes nothing. */
export function probe(
  http: Client,
  { method, template, takesBody }: Operation,
  more: Call = {},
  query = '',
): Promise<Response> {
  const path = template.replace(/\{(\w+)\}/g, (_all, name: string) => unique(name));
  const body = takesBody && more.raw === undefined ? { body: {} } : {};
  return http.call(method, `${path}${query}`, { ...body, ...more });
}
// jscpd:ignore-end
