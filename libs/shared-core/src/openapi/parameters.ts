import type { Operation } from './operation';
import { type JsonSchema, propertiesOf } from './schema';

/** Express's `/things/:thing_id` as OpenAPI's `/things/{thing_id}`. */
export function openApiPath(path: string): string {
  return path.replace(/:([A-Za-z0-9_]+)/g, '{$1}');
}

/** The parameters of an operation at its full path: of the path, of the query, and headers. */
export function parametersOf(path: string, operation: Operation, querySchema: JsonSchema | undefined): JsonSchema[] {
  const own = Object.entries(operation.headers ?? {}).map(([name, { description, required }]) => ({
    ...{ name, in: 'header', required, description },
    schema: { type: 'string' },
  }));
  return [
    ...pathParameters(path, operation.parameters ?? {}),
    ...(querySchema ? queryParameters(querySchema) : []),
    ...own,
    ...(operation.idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(operation.ifMatch ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
    { $ref: '#/components/parameters/RequestId' },
  ];
}

function pathParameters(path: string, descriptions: Readonly<Record<string, string>>): JsonSchema[] {
  return [...path.matchAll(/:([A-Za-z0-9_]+)/g)].map(([, name = '']) => {
    const description = descriptions[name];
    return {
      ...{ name, in: 'path', required: true, schema: { type: 'string' } },
      ...(description === undefined ? {} : { description }),
    };
  });
}

/** Lists are written `tags=a,b`. A query has no `null`. */
function queryParameters(schema: JsonSchema): JsonSchema[] {
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
  return Object.entries(propertiesOf(schema)).map(([name, property]) => {
    const { description, ...rest } = property;
    const value = withoutNull(rest);
    return {
      ...{ name, in: 'query', required: required.includes(name) },
      ...(description === undefined ? {} : { description }),
      ...(value['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: value,
    };
  });
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  if (!Array.isArray(type)) return schema;
  const [first] = (type as unknown[]).filter((name) => name !== 'null');
  const some = Array.isArray(values) ? { enum: (values as unknown[]).filter((value) => value !== null) } : {};
  return { ...schema, type: first, ...some };
}
