import { isDeepStrictEqual } from 'node:util';
import type { OpenApiDocument } from '@aitbc/shared-core';
import type { Route } from './api-routes';
import { type FieldRow, fieldRows, linkTo, namesIn, type Schema, schemaOf, typeText } from './schema-text';

/** The schemas that have a section of their own, each with whether clients send it. */
export type Shapes = ReadonlyMap<string, { readonly isSent: boolean }>;

/** As many fields that another schema has too are told once. */
const WORTH_SHARING = 5;

/**
 * What answers and bodies consist of. A body that one route alone takes is told there; the problem document has a page of
 * its own.
 */
export function shapesOf(document: OpenApiDocument, routes: readonly Route[]): Shapes {
  const bodies = routes.flatMap(({ requestBody }) => namesIn(requestBody));
  const shared = bodies.filter((name, index) => bodies.indexOf(name) !== index);
  const insideBodies = bodies.flatMap((name) => namesIn(schemaOf(document, name)));
  const sent = reachable(document, [...shared, ...insideBodies]);
  const answered = routes.flatMap(({ responses }) =>
    Object.values(responses).flatMap((answer) => namesIn(answer.content)),
  );
  const received = reachable(document, answered);
  received.delete('Problem');
  return new Map([...received, ...sent].map((name) => [name, { isSent: sent.has(name) }]));
}

function reachable(document: OpenApiDocument, from: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...from];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...namesIn(schemaOf(document, name)));
  }
  return found;
}

export function shapeSection(
  name: string,
  { document, shapes }: { document: OpenApiDocument; shapes: Shapes },
): string {
  const schema = schemaOf(document, name);
  const base = baseOf(schema, document, [...shapes.keys()]);
  const known = Object.keys(base === undefined ? {} : (schemaOf(document, base).properties ?? {}));
  const own = Object.entries(schema.properties ?? {}).filter(([field]) => !known.includes(field));
  const rows = fieldRows({ ...schema, properties: Object.fromEntries(own) });
  const table = fieldTable(shapes.get(name)?.isSent ? rows : rows.map(asReceived));
  const whole = rows.length === 0 ? typeText(schema) : '';
  const inherited = base === undefined ? '' : `Has all that ${linkTo(base)} has, and:`;
  return [`### ${name}`, schema.description ?? '', inherited, whole, table].filter((part) => part !== '').join('\n\n');
}

/** The largest schema all of whose fields this one has too, and more. */
function baseOf(schema: Schema, document: OpenApiDocument, names: readonly string[]): string | undefined {
  const size = (name: string) => Object.keys(schemaOf(document, name).properties ?? {}).length;
  const candidates = names.filter((name) => {
    const fields = Object.entries(schemaOf(document, name).properties ?? {});
    const isPart = fields.every(([field, property]) => isDeepStrictEqual(property, schema.properties?.[field]));
    return isPart && fields.length >= WORTH_SHARING && fields.length < Object.keys(schema.properties ?? {}).length;
  });
  return candidates.sort((a, b) => size(b) - size(a))[0];
}

/** In an answer all is there, unless it says so. */
function asReceived(row: FieldRow): FieldRow {
  return { ...row, isRequired: false, type: row.isRequired ? row.type : `${row.type}; may be absent` };
}

export function fieldTable(rows: readonly FieldRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, isRequired, type, meaning }) => {
    const shown = isRequired ? `**\`${name}\`**` : `\`${name}\``;
    return `| ${[shown, type, meaning].map(cell).join(' | ')} |`;
  });
  return ['| field | what it may be | meaning |', '| --- | --- | --- |', ...lines].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
