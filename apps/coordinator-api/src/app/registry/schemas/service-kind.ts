import type { ServiceType } from '@aitbc/coordinator-domain';
import type { FieldError } from '@aitbc/shared-core';

/** A JSON Schema of draft 2020-12 for an object that knows all its fields. */
export interface RequestSchema {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  readonly $id: string;
  readonly title: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export type PropertySchema = Readonly<Record<string, unknown>>;

/** A kind of job that clients can ask for. */
export interface ServiceKind {
  readonly type: ServiceType;
  readonly name: string;
  readonly description: string;
  readonly schema: RequestSchema;
  /** What JSON Schema can not say: relations between fields. Only asked when the schema holds. */
  readonly check?: (request: Readonly<Record<string, unknown>>) => FieldError[];
}

/** The kind with its schema; every field not named is refused. */
export function serviceKind(
  kind: Omit<ServiceKind, 'schema'>,
  required: readonly string[],
  properties: Record<string, PropertySchema>,
): ServiceKind {
  return {
    ...kind,
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:aitbc:service:${kind.type}`,
      title: kind.name,
      type: 'object',
      properties,
      required,
      additionalProperties: false,
    },
  };
}

/** Text of `minimum` to `maximum` characters. */
export function text(maximum: number, minimum = 1): PropertySchema {
  return { type: 'string', minLength: minimum, maxLength: maximum };
}

export function oneOf(values: readonly string[], fallback?: string): PropertySchema {
  return { type: 'string', enum: values, ...(fallback === undefined ? {} : { default: fallback }) };
}

export function integer(minimum: number, maximum: number, fallback?: number): PropertySchema {
  return { type: 'integer', minimum, maximum, ...(fallback === undefined ? {} : { default: fallback }) };
}

export function decimal(minimum: number, maximum: number, fallback?: number): PropertySchema {
  return { type: 'number', minimum, maximum, ...(fallback === undefined ? {} : { default: fallback }) };
}

export function flag(fallback: boolean): PropertySchema {
  return { type: 'boolean', default: fallback };
}

/** An address that a miner fetches: HTTP only, so that no `file:` address reaches its disk. */
export function httpUrl(): PropertySchema {
  return { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2048 };
}
