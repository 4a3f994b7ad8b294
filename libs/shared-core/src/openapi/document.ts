import type { Role } from '../auth/principal';
import { commonHeaders, commonParameters, securitySchemes } from './common-components';
import { DtoRegistry } from './dto-registry';
import { errorCodesOf, ErrorResponses, fieldErrorSchema, problemSchema } from './errors';
import type { AnswerSpec, MountedFeatures, Operation } from './operation';
import { openApiPath, parametersOf } from './parameters';
import type { JsonSchema } from './schema';

/** An OpenAPI document as JSON. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> } & JsonSchema;
  readonly [part: string]: unknown;
}

export interface DocumentOptions {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly mounts: readonly MountedFeatures[];
  /** What fields of DTOs mean: `Class.field` → text. */
  readonly descriptions?: Readonly<Record<string, string>>;
}

/**
 * Assembles the document of a service.
 * @throws Error when two operations have one id or one place, or two schemas have one name.
 */
export function openApiDocument({ mounts, descriptions = {}, ...info }: DocumentOptions): OpenApiDocument {
  const dtos = new DtoRegistry(descriptions);
  const errors = new ErrorResponses();
  const paths: Record<string, Record<string, JsonSchema>> = {};
  const ids = new Set<string>();
  for (const { base, access, feature, operation } of operationsOf(mounts)) {
    const path = openApiPath(base + operation.path);
    const methods = (paths[path] ??= {});
    if (methods[operation.method]) throw new Error(`${operation.method} ${path} is described twice`);
    if (ids.has(operation.id)) throw new Error(`two operations have the id ${operation.id}`);
    ids.add(operation.id);
    methods[operation.method] = operationObject(operation, { base, access, tag: feature.tag.name, dtos, errors });
  }
  const features = mounts.flatMap((mount) => mount.features);
  const answers = Object.assign({}, ...features.map(({ schemas }) => schemas)) as Record<string, JsonSchema>;
  const tags = new Map(features.map(({ tag }) => [tag.name, tag]));
  return {
    openapi: '3.1.0',
    info,
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    tags: [...tags.values()],
    paths,
    components: {
      schemas: {
        Problem: problemSchema,
        FieldError: fieldErrorSchema,
        ...answers,
        ...dtos.schemas(Object.keys(answers)),
      },
      responses: errors.components,
      parameters: commonParameters,
      headers: commonHeaders,
      securitySchemes,
    },
  };
}

function operationsOf(mounts: readonly MountedFeatures[]) {
  return mounts.flatMap(({ base, access, features }) =>
    features.flatMap((feature) => feature.operations.map((operation) => ({ base, access, feature, operation }))),
  );
}

interface Place {
  readonly base: string;
  readonly access: 'open' | readonly Role[] | undefined;
  readonly tag: string;
  readonly dtos: DtoRegistry;
  readonly errors: ErrorResponses;
}

function operationObject(operation: Operation, { base, access, tag, dtos, errors }: Place): JsonSchema {
  const who = operation.access ?? access;
  const open = who === 'open';
  const roles = typeof who === 'object' ? `Roles: ${who.join(', ')}.` : undefined;
  const headers = sharedHeaders(open);
  const replayed = operation.idempotent ? headersNamed(['Idempotency-Replayed']) : {};
  const query = operation.query ? dtos.inline(operation.query) : undefined;
  const description = [operation.description, roles].filter((part) => part !== undefined).join('\n\n');
  const codes = errorCodesOf(operation, open, roles !== undefined);
  return {
    operationId: operation.id,
    tags: [tag],
    summary: operation.summary,
    ...(description === '' ? {} : { description }),
    security: open ? [] : [{ apiKey: [] }, { bearer: [] }],
    parameters: parametersOf(base + operation.path, operation, query),
    ...(operation.body ? { requestBody: requestBody(operation.body, dtos) } : {}),
    responses: { ...answersOf(operation.responses, { ...headers, ...replayed }), ...errors.of(codes, headers) },
  };
}

function bodySchema(
  body: NonNullable<Operation['body']>,
  dtos: DtoRegistry,
): { schema: JsonSchema; required: boolean } {
  if ('schema' in body) return { schema: body.schema, required: true };
  return dtos.body(typeof body === 'function' ? { dto: body } : body);
}

function requestBody(body: NonNullable<Operation['body']>, dtos: DtoRegistry): JsonSchema {
  const { schema, required } = bodySchema(body, dtos);
  return { required, content: { 'application/json': { schema } } };
}

function answersOf(answers: Operation['responses'], shared: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerObject(answer, shared)]));
}

function answerObject(
  { description, schema, mediaType = 'application/json', also = {}, headers = [] }: AnswerSpec,
  shared: JsonSchema,
) {
  const schemas = Object.entries({ ...(schema ? { [mediaType]: schema } : {}), ...also });
  return {
    description,
    headers: { ...shared, ...headersNamed(headers) },
    ...(schemas.length > 0
      ? { content: Object.fromEntries(schemas.map(([type, each]) => [type, { schema: each }])) }
      : {}),
  };
}

function sharedHeaders(open: boolean): JsonSchema {
  return headersNamed(open ? ['X-Request-Id'] : ['X-Request-Id', 'RateLimit', 'RateLimit-Policy']);
}

function headersNamed(names: readonly string[]): JsonSchema {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
