import type { OpenApiDocument } from '@aitbc/shared-core';

/** A JSON Schema, as far as a page tells of it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly 'x-max-json-bytes'?: number;
}

/** One line of a table of fields. */
export interface FieldRow {
  /** With a dot for what is inside of an object, and `[]` for what is in each item of a list. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly type: string;
  readonly meaning: string;
}

const ANY = 'any JSON';
const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'boolean',
};
const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'time', uri: 'URL', 'uri-reference': 'path' };

/** What a value may be, in words: `text, 1–100 characters, or null`. */
export function typeText(schema: Schema): string {
  const said = [kindText(schema), ...limits(schema)].join(', ');
  return isNullable(schema) && said !== ANY ? `${said}, or null` : said;
}

/** The fields of an object and of all that it consists of, as far as that has no name of its own. */
export function fieldRows(schema: Schema, prefix = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, property]) => {
    const name = `${prefix}${field}`;
    const row = {
      name,
      isRequired: schema.required?.includes(field) ?? false,
      type: typeText(property),
      meaning: meaningOf(property),
    };
    return [row, ...insideOf(property).flatMap(([suffix, inner]) => fieldRows(inner, `${name}${suffix}`))];
  });
}

/** The names of all schemas that this one mentions. */
export function namesIn(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const own = '$ref' in schema && typeof schema.$ref === 'string' ? [nameOf(schema.$ref)] : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
}

export function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

export function schemaOf({ components }: OpenApiDocument, name: string): Schema {
  return components.schemas[name] ?? {};
}

/** A link to where the page explains the schema of that name. */
export function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

function meaningOf({ description = '', default: value }: Schema): string {
  const told = value === undefined || value === null || /[Dd]efault/.test(description);
  return told ? description : `${description} Default: ${code(value)}.`.trim();
}

function typesOf({ type }: Schema): readonly string[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function isNullable({ type, anyOf = [], oneOf = [], enum: values = [] }: Schema): boolean {
  const all = [...anyOf, ...oneOf].map((each) => each.type);
  return values.includes(null) || all.includes('null') || (typeof type === 'object' && type.includes('null'));
}

/** Without limits, and without null. */
function kindText(schema: Schema): string {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return (alternatives(schema) ?? types.map((type) => plainText(schema, type)).join(' or ')) || ANY;
}

/** Limits in parentheses, since more follows. */
function partText(schema: Schema): string {
  const bounds = limits(schema);
  return bounds.length === 0 ? kindText(schema) : `${kindText(schema)} (${bounds.join(', ')})`;
}

/** Of a schema that says which values there are, or which other schemas; else nothing. */
function alternatives({ $ref, const: only, enum: values, anyOf, oneOf }: Schema): string | undefined {
  if ($ref !== undefined) return linkTo(nameOf($ref));
  if (only !== undefined) return code(only);
  if (values) return listed(values.filter((value) => value !== null).map(code));
  const others = (anyOf ?? oneOf)?.filter(({ type }) => type !== 'null').map(typeText);
  return others && [...new Set(others)].join(' or ');
}

function plainText(schema: Schema, type: string): string {
  if (type === 'array') return `list of ${partText(schema.items ?? {})}`;
  if (type === 'object') return objectText(schema);
  return FORMATS[schema.format ?? ''] ?? NAMES[type] ?? type;
}

function objectText(schema: Schema): string {
  const { additionalProperties: others, properties = {} } = schema;
  if (hasBareFields(schema)) {
    const [first = {}] = Object.values(properties);
    return `object of ${kindText(first)}: ${Object.keys(properties).map(code).join(', ')}`;
  }
  return typeof others === 'object' && Object.keys(others).length > 0 ? `object of ${partText(others)}` : 'object';
}

/** Plain numbers of characters, items and bytes; a pattern says more to programs than to people. */
function limits(schema: Schema): string[] {
  const { minimum, maximum, exclusiveMaximum, 'x-max-json-bytes': bytes } = schema;
  const characters = schema.format === 'date-time' ? '' : range(schema.minLength, schema.maxLength, 'characters');
  const items = range(schema.minItems, schema.maxItems, 'items');
  const entries = range(schema.minProperties, schema.maxProperties, 'entries');
  const values =
    exclusiveMaximum === undefined ? range(minimum, maximum, '') : `${minimum ?? ''} to below ${exclusiveMaximum}`;
  const json = bytes === undefined ? '' : `at most ${bytes} bytes of JSON`;
  return [values, characters, items, entries, json].filter((each) => each !== '');
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const numbers =
    most === undefined ? (least ? `at least ${least}` : '') : `${least ? `${least}–` : 'at most '}${most}`;
  const text = unit === '' && least === 0 && most !== undefined ? `0–${most}` : numbers;
  return text === '' ? '' : `${text} ${unit}`.trim();
}

/** Whether all of its fields are of one kind, which their names explain. */
function hasBareFields({ properties = {} }: Schema): boolean {
  const fields = Object.values(properties);
  const kinds = new Set(fields.map((field) => `${typeText(field)}${field.properties ? '…' : ''}`));
  return fields.length > 1 && kinds.size === 1 && fields.every(({ description }) => description === undefined);
}

function insideOf(property: Schema): [suffix: string, inner: Schema][] {
  const { items, anyOf = [], oneOf = [], additionalProperties: others } = property;
  const parts: [string, Schema | undefined][] = [
    ['.', property.properties && !hasBareFields(property) ? property : undefined],
    ['[].', items?.properties ? items : undefined],
    ['.*.', typeof others === 'object' && others.properties ? others : undefined],
    ...[...anyOf, ...oneOf].map((each): [string, Schema | undefined] => ['.', each.properties ? each : undefined]),
  ];
  return parts.flatMap(([suffix, inner]) => (inner ? [[suffix, inner]] : []));
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
