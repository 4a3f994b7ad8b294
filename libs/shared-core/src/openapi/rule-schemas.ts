import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { ValidationTypes } from 'class-validator';
import { MAX_COINS } from '../money/money';
import type { Constructor } from '../http/validation/instantiate';
import type { RecordOptions } from '../http/validation/record-of';
import type { JsonSchema } from './schema';

type Converters = NonNullable<NonNullable<Parameters<typeof targetConstructorToSchema>[1]>['additionalConverters']>;

/** What a converter gets to know of a rule on a field. */
export interface RuleUse {
  readonly type: string;
  readonly constraints: readonly unknown[];
  readonly target: unknown;
  readonly propertyName: string;
}

/** Names a rule that has no schema here; a test finds it by this key. */
const UNKNOWN_RULE = 'x-undocumented-rule';

/**
 * The schemas of the rules that class-validator-jsonschema does not know, or says otherwise than they are meant here.
 * `min` and `max` leave the type to `IsInt` and `IsNumber`, whatever the order in which the decorators stand.
 */
export function ruleSchemas(
  reference: (type: Constructor) => JsonSchema,
  nested: (use: RuleUse) => JsonSchema,
): Converters {
  const known: Readonly<Record<string, JsonSchema | ((use: RuleUse) => JsonSchema)>> = {
    isDefined: {},
    min: ({ constraints: [minimum] }) => ({ minimum }),
    max: ({ constraints: [maximum] }) => ({ maximum }),
    isUrl: { type: 'string', format: 'uri' },
    isMoney: { type: 'number', minimum: 0, exclusiveMaximum: MAX_COINS },
    isInstant: { type: 'string', format: 'date-time' },
    isJsonObject: { type: 'object', additionalProperties: true },
    isJsonValue: {},
    maxJsonBytes: ({ constraints: [bytes] }) => ({ 'x-max-json-bytes': bytes }),
    recordOf: ({ constraints: [type, options] }) =>
      recordSchema(reference((type as () => Constructor)()), options as RecordOptions),
    [ValidationTypes.NESTED_VALIDATION]: nested,
    [ValidationTypes.CUSTOM_VALIDATION]: ({ type }) => ({ [UNKNOWN_RULE]: type }),
  };
  // The library's types are those of OpenAPI 3.0, whose schemas lack what 2020-12 has (`propertyNames`).
  return Object.fromEntries(
    Object.entries(known).map(([rule, made]) => {
      const convert = (use: unknown) => (typeof made === 'function' ? made(use as RuleUse) : made);
      return [rule, convert];
    }),
  );
}

function recordSchema(entries: JsonSchema, { key, min = 0, max }: RecordOptions): JsonSchema {
  return {
    type: 'object',
    propertyNames: { pattern: key.source },
    minProperties: min,
    maxProperties: max,
    additionalProperties: entries,
  };
}
