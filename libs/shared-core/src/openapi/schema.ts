/**
 * Small words for JSON Schema 2020-12, in which responses are described; import them as `schema` (`schema.text()`).
 * Each takes a description, which says what the field means and in which unit it is.
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

type Properties = Readonly<Record<string, JsonSchema>>;

/** A reference to a schema that some feature lists in `schemas`. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object that has all these properties, but may lack those named in `optional`. */
export function object(
  properties: Properties,
  options: { optional?: string[]; description?: string } = {},
): JsonSchema {
  const { optional = [], description } = options;
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', ...described(description), properties, ...(required.length > 0 ? { required } : {}) };
}

/** The properties of an object schema, for another that has more. */
export function propertiesOf(schema: JsonSchema): Properties {
  return schema['properties'] as Properties;
}

export function text(description?: string, keywords: JsonSchema = {}): JsonSchema {
  return { type: 'string', ...described(description), ...keywords };
}

export function integer(description?: string, keywords: JsonSchema = {}): JsonSchema {
  return { type: 'integer', ...described(description), ...keywords };
}

export function number(description?: string, keywords: JsonSchema = {}): JsonSchema {
  return { type: 'number', ...described(description), ...keywords };
}

export function flag(description?: string): JsonSchema {
  return { type: 'boolean', ...described(description) };
}

export function oneOf(values: readonly string[], description?: string): JsonSchema {
  return { type: 'string', enum: [...values], ...described(description) };
}

/** RFC 3339 in UTC with milliseconds, as all times that we answer. */
export function instant(description?: string): JsonSchema {
  return { type: 'string', format: 'date-time', ...described(description) };
}

/** An amount in coins, with at most 8 decimals. */
export function coins(description = 'Coins, with at most 8 decimals.'): JsonSchema {
  return { type: 'number', description };
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(description?: string): JsonSchema {
  return { type: 'string', pattern: '^[0-9a-f]{64}$', ...described(description) };
}

export function list(items: JsonSchema, description?: string): JsonSchema {
  return { type: 'array', items, ...described(description) };
}

/** An object whose keys are data. */
export function map(values: JsonSchema, description?: string): JsonSchema {
  return { type: 'object', additionalProperties: values, ...described(description) };
}

/** An object of which only its owner knows the fields. */
export function anyObject(description?: string): JsonSchema {
  return { type: 'object', additionalProperties: true, ...described(description) };
}

/** Any JSON value, `null` too. */
export function anyJson(description?: string): JsonSchema {
  return { ...described(description) };
}

/** What may also be `null`. */
export function nullable(schema: JsonSchema): JsonSchema {
  const { type, enum: values } = schema;
  if (typeof type !== 'string') return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema;
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
  };
}

function described(description: string | undefined): JsonSchema {
  return description === undefined ? {} : { description };
}
