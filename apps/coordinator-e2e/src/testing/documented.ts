import request from 'supertest';
import type { Method } from './client';
import { target } from './target';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/** An operation of the OpenAPI document. */
export interface Operation {
  readonly method: Method;
  /** With `{name}` where a parameter stands. */
  readonly template: string;
  readonly statuses: readonly number[];
  readonly takesBody: boolean;
  readonly takesQuery: boolean;
}

type Item = Readonly<Record<string, { responses: object; requestBody?: object; parameters?: readonly Parameter[] }>>;
interface Parameter {
  readonly in?: string;
  readonly $ref?: string;
}

/** The operations that this suite judges, as the service itself documents them. */
export async function documentedOperations(judged: (template: string) => boolean): Promise<Operation[]> {
  const { body } = await request(target.baseUrl).get('/openapi.json');
  const paths = Object.entries(body.paths as Readonly<Record<string, Item>>);
  return paths.filter(([template]) => judged(template)).flatMap(([template, item]) => operationsOf(template, item));
}

function operationsOf(template: string, item: Item): Operation[] {
  return Object.entries(item).map(([method, { responses, requestBody, parameters = [] }]) => ({
    method: method as Method,
    template,
    statuses: Object.keys(responses).map(Number),
    takesBody: requestBody !== undefined,
    takesQuery: parameters.some((parameter) => parameter.in === 'query'),
  }));
}

/** The operation that a request has reached. Fixed segments win over parameters, as they do in routers. */
export function operationAt(operations: readonly Operation[], method: string, path: string): Operation | undefined {
  return operations
    .filter((operation) => operation.method === method && patternOf(operation.template).test(path))
    .sort((one, other) => one.template.split('{').length - other.template.split('{').length)[0];
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}/?$`);
}
// jscpd:ignore-end
