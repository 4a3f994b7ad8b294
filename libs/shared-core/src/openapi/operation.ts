/**
 * How a route comes into the OpenAPI document.
 *
 * Beside each router `x.router.ts` stands a file `x.openapi.ts` that exports one {@link FeatureDocument}:
 *
 *     export const thingDocument: FeatureDocument = {
 *       tag: { name: 'things', description: 'What a thing is.' },
 *       schemas: { Thing: schema.object({ id: schema.text('…'), created_at: schema.instant() }) },
 *       operations: [
 *         operation({
 *           method: 'post', path: '/things', id: 'createThing', summary: 'Creates a thing',
 *           body: CreateThingDto, idempotent: true,
 *           responses: { 201: answer('The thing.', schema.ref('Thing')) },
 *         }),
 *         operation({
 *           method: 'get', path: '/things/:thing_id', id: 'getThing', summary: 'One thing',
 *           responses: { 200: answer('The thing.', schema.ref('Thing')) }, errors: ['not_found'],
 *         }),
 *       ],
 *     };
 *
 * `path` is what the router has, `:thing_id` and all. Then name the document in `apps/<app>/src/app/openapi.ts` (for the
 * agent context in `agent-context/openapi.ts`), under the mount point of the router. Bodies and queries are the DTO
 * classes themselves; their fields' descriptions are the DTOs' doc comments (`npm run docs` collects them). What every route answers (401, 403, 429,
 * 5xx, and 400, 413, 415, 422 where there is something to read) is added by itself: `errors` names only what the route
 * adds. A test compares the document with the routes of the
 * real app, and fails on what is in one of them only; another compares real answers with it, and fails when an operation is
 * never called there (`core/served-routes.spec.ts`, `core/documented-answers.spec.ts`).
 */
import type { Role } from '../auth/principal';
import type { ErrorCode } from '../errors/error-catalogue';
import type { Constructor } from '../http/validation/instantiate';
import type { JsonSchema } from './schema';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A header that a route takes or answers beside those that all routes have. */
export type AnswerHeader = 'ETag' | 'Location' | 'X-Total-Count' | 'Retry-After';

/** One answer that is no error. */
export interface AnswerSpec {
  readonly description: string;
  /** Without it the answer has no body. */
  readonly schema?: JsonSchema;
  /** Default `application/json`. */
  readonly mediaType?: string;
  /** The same in other media types, for who prefers them: media type → schema. */
  readonly also?: Readonly<Record<string, JsonSchema>>;
  readonly headers?: readonly AnswerHeader[];
}

/** A DTO under another name than that of its class (less `Dto`), for two classes of the same name; or with better schemas of some fields. */
export interface BodyUse {
  readonly dto: Constructor;
  readonly name?: string;
  /** Of fields whose rules say less than is known, such as a key that is checked later. */
  readonly fields?: Readonly<Record<string, JsonSchema>>;
}

/** A body whose schema is known only when it comes, because a path parameter or another part chooses it. */
export interface FreeBody {
  readonly schema: JsonSchema;
}

/** One route. */
export interface Operation {
  readonly method: Method;
  /** As the router has it. */
  readonly path: string;
  /** Verb and noun in camelCase (`createWorkflow`): the method's name in generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Who may call it; default: the roles of the mount point. `open` needs no credentials. */
  readonly access?: 'open' | readonly Role[];
  readonly body?: Constructor | BodyUse | FreeBody;
  readonly query?: Constructor;
  /** What path parameters (by name) and further headers mean. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Further request headers: name and what it is. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
  readonly responses: Readonly<Record<number, AnswerSpec>>;
  /** Codes of the catalogue that this route adds to those that every route has. */
  readonly errors?: readonly ErrorCode[];
  /** Takes `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Takes `If-Match`. */
  readonly ifMatch?: boolean;
}

/** The routes of one feature. */
export interface FeatureDocument {
  readonly tag: { readonly name: string; readonly description: string };
  /** Named schemas of its answers, which any feature may refer to. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  readonly operations: readonly Operation[];
}

/** Features whose routers stand under one path. */
export interface MountedFeatures {
  /** `''` for the root, else such as `/api/v1`. */
  readonly base: string;
  /** Who may call what is below; `open` for what needs no credentials; without it any principal may. */
  readonly access?: 'open' | readonly Role[];
  readonly features: readonly FeatureDocument[];
}

/** Says that it is an operation, so that a slip shows where it is made. */
export function operation(operation: Operation): Operation {
  return operation;
}

/** An answer with a JSON body. */
export function answer(description: string, schema: JsonSchema, ...headers: readonly AnswerHeader[]): AnswerSpec {
  return { description, schema, headers };
}

export function noContent(description: string): AnswerSpec {
  return { description };
}

/** A page of a list: `{items, next_cursor}`. */
export function pageAnswer(description: string, items: JsonSchema): AnswerSpec {
  const nextCursor = {
    type: ['string', 'null'],
    description: 'Send it as `cursor` to read on; null on the last page.',
  };
  const schema = {
    type: 'object',
    properties: { items: { type: 'array', items }, next_cursor: nextCursor },
    required: ['items', 'next_cursor'],
  };
  return { description, schema, headers: ['X-Total-Count'] };
}
