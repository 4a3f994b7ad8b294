import 'reflect-metadata';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, IS_OPTIONAL } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { Constructor } from '../http/validation/instantiate';
import { ruleSchemas, type RuleUse } from './rule-schemas';
import { type JsonSchema, nullable, propertiesOf } from './schema';

/** The schema of a DTO, and the DTOs that it contains. */
export interface DtoSchema {
  readonly schema: JsonSchema;
  readonly nested: readonly Constructor[];
}

/**
 * The JSON Schema that accepts what `validateDto` accepts, made of the same decorators. A field is required unless its
 * rules let it be absent or the class gives it a value, which then is its `default`; `IsOptional` lets `null` through
 * too; unknown fields are refused.
 */
export function dtoSchema(type: Constructor, reference: (nested: Constructor) => JsonSchema): DtoSchema {
  const nested = new Set<Constructor>();
  const refer = (other: Constructor): JsonSchema => {
    nested.add(other);
    return reference(other);
  };
  const made = targetConstructorToSchema(type, {
    additionalConverters: ruleSchemas(refer, (use) => refer(nestedType(use))),
  }) as JsonSchema;
  const defaults = new type();
  const nullables = nullableFields(type);
  const properties = Object.entries(propertiesOf(made)).map(([name, schema]) => {
    const value: unknown = Reflect.get(defaults, name);
    const accepted = nullables.has(name) ? nullable(schema) : schema;
    return [name, value === undefined ? accepted : { ...accepted, default: value }] as const;
  });
  const listed = Array.isArray(made['required']) ? (made['required'] as string[]) : [];
  const required = listed.filter((name) => Reflect.get(defaults, name) === undefined);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return { schema, nested: [...nested] };
}

function nestedType({ target, propertyName }: RuleUse): Constructor {
  const metadata = defaultMetadataStorage.findTypeMetadata(target as Constructor, propertyName);
  if (!metadata) throw new Error(`${(target as Constructor).name}.${propertyName} is nested, but has no @Type`);
  return metadata.typeFunction() as Constructor;
}

/** The fields with `IsOptional`, which takes `null` for absent. */
function nullableFields(type: Constructor): Set<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  return new Set(rules.filter(({ name }) => name === IS_OPTIONAL).map(({ propertyName }) => propertyName));
}
