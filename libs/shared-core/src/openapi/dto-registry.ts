import type { Constructor } from '../http/validation/instantiate';
import { dtoSchema } from './dto-schema';
import type { BodyUse } from './operation';
import { type JsonSchema, propertiesOf, ref } from './schema';

/** The schemas of the DTOs that a document uses, each under one name. */
export class DtoRegistry {
  private readonly named = new Map<string, { readonly dto: Constructor; schema: JsonSchema }>();

  /** @param descriptions `Class.field` → what the field means */
  constructor(private readonly descriptions: Readonly<Record<string, string>>) {}

  /** The schema of a query, whose fields become parameters. */
  inline(dto: Constructor): JsonSchema {
    return this.make(dto);
  }

  /** A reference to the schema of a body; the body may be absent when no field is required. */
  body({ dto, name = nameOf(dto), fields = {} }: BodyUse): { schema: JsonSchema; required: boolean } {
    const entry = this.add(dto, name);
    const properties = { ...propertiesOf(entry.schema) };
    for (const [field, schema] of Object.entries(fields)) {
      const { description, default: value } = properties[field] ?? {};
      properties[field] = { ...defined({ description, default: value }), ...schema };
    }
    entry.schema = { ...entry.schema, properties };
    return { schema: ref(name), required: 'required' in entry.schema };
  }

  /** All of them by name. @throws Error when a name is among `taken`. */
  schemas(taken: readonly string[]): Record<string, JsonSchema> {
    const clash = taken.find((name) => this.named.has(name));
    if (clash !== undefined) throw new Error(`a DTO and an answer are both named ${clash}`);
    return Object.fromEntries([...this.named].map(([name, { schema }]) => [name, schema]));
  }

  private add(dto: Constructor, name: string): { readonly dto: Constructor; schema: JsonSchema } {
    const known = this.named.get(name);
    if (known?.dto === dto) return known;
    if (known) throw new Error(`two DTOs are named ${name}: give one of them a name in its operation`);
    const entry = { dto, schema: {} };
    // Stored before its schema is made, so that a DTO may contain itself.
    this.named.set(name, entry);
    entry.schema = this.make(dto);
    return entry;
  }

  private make(dto: Constructor): JsonSchema {
    const { schema, nested } = dtoSchema(dto, (other) => ref(nameOf(other)));
    nested.forEach((other) => this.add(other, nameOf(other)));
    const properties = Object.entries(propertiesOf(schema)).map(([field, property]) => {
      const description = this.describe(dto, field);
      return [field, description === undefined ? property : withDescription(property, description)] as const;
    });
    return { ...schema, properties: Object.fromEntries(properties) };
  }

  /** The field's text, which may be that of a class from which the DTO inherits it. */
  private describe(dto: Constructor, field: string): string | undefined {
    for (let type: unknown = dto; typeof type === 'function' && type.name !== ''; type = Object.getPrototypeOf(type)) {
      const text = this.descriptions[`${type.name}.${field}`];
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

/**
 * The JSON Schema of a DTO that contains no other, for use outside a document.
 * @param descriptions `Class.field` → what the field means
 */
export function describedDtoSchema(dto: Constructor, descriptions: Readonly<Record<string, string>>): JsonSchema {
  return new DtoRegistry(descriptions).inline(dto);
}

/** `WorkflowDto` → `WorkflowRequest`: what is answered is the workflow, what is sent asks for one. */
function nameOf(dto: Constructor): string {
  return dto.name.replace(/Dto$/, 'Request');
}

function withDescription(schema: JsonSchema, description: string): JsonSchema {
  return { description, ...schema };
}

function defined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
