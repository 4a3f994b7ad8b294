import type { OpenApiDocument } from '@aitbc/shared-core';
import { API_EXAMPLES, exampleCommand } from './api-examples';
import { type Answer, type Parameter, type Route, routesOf } from './api-routes';
import { capitalised, fieldTable, shapeSection, type Shapes, shapesOf } from './api-shapes';
import { type FieldRow, fieldRows, nameOf, namesIn, type Schema, schemaOf, typeText } from './schema-text';

export interface ApiPage {
  readonly document: OpenApiDocument;
  /** Where the service listens by default. */
  readonly url: string;
  /** Of the OpenAPI document, beside the page. */
  readonly file: string;
}

/** A page, and which schemas have a section of their own on it. */
interface Context extends ApiPage {
  readonly shapes: Shapes;
}

/** Codes that any route may answer, or any that reads a body or a query; the page says so once. */
const EVERYWHERE = new Set([
  ...['unauthenticated', 'forbidden', 'rate_limited', 'internal'],
  ...['malformed_request', 'validation_failed', 'payload_too_large', 'unsupported_media_type'],
]);
/** Of a path parameter that its name explains. */
const ID = /^Id of an? /;
/** Parameters of every list. */
const OF_LISTS = ['limit', 'cursor', 'offset', 'count'];

/** The page of a service's API, for people: who may call a route, what it takes, what it answers, and how to call it. */
export function renderApi(page: ApiPage): string {
  const routes = routesOf(page.document);
  const shapes = shapesOf(page.document, routes);
  const context = { ...page, shapes };
  const tags = page.document['tags'] as readonly { readonly name: string; readonly description: string }[];
  const groups = tags.map(({ name, description }) => {
    const own = routes.filter((route) => route.tags.includes(name));
    const parts = own.map((route) => routeSection(route, context));
    return [`## ${capitalised(name)}`, description, ...parts].join('\n\n');
  });
  const sections = [...shapes.keys()].sort().map((name) => shapeSection(name, context));
  const body = [introduction(page), contents(tags, routes), ...groups, '## Shapes', ...sections];
  return `${body.join('\n\n')}\n`;
}

function introduction({ document, url, file }: ApiPage): string {
  const { parameters } = document.components as unknown as { parameters: Record<string, Parameter> };
  const header = (name: string) => `\`${parameters[name]?.name ?? ''}\`: ${parameters[name]?.description ?? ''}`;
  return `# ${document.info.title}

${document.info.description}

The service listens at \`${url}\` by default, and serves what follows as \`/openapi.json\` and, to be tried out, as
\`/docs\`. [${file}](${file}) is a copy for programs.

- **Who may call**: below \`/api/v1\` every request has a key, \`X-Api-Key: <key>\` or \`Authorization: Bearer <key>\`. Each key has
  one role; a route names those it is for, or says that any key will do.
- **Requests** are JSON of UTF-8 (\`Content-Type: application/json\`); a field that is not known is refused. Fields in bold are
  required. Times are RFC 3339 in UTC, money is in coins.
- **Errors** are [problem documents](../errors.md), whose \`code\` is for programs. Not repeated below are those of any route (401
  \`unauthenticated\`, 403 \`forbidden\`, 429 \`rate_limited\`, 500 \`internal\`) and of any that reads a body or a query (400
  \`malformed_request\`, 413 \`payload_too_large\`, 415 \`unsupported_media_type\`, 422 \`validation_failed\`).
- **Lists** take \`?limit\` (items in an answer), \`?cursor\` (\`next_cursor\` of the page before), \`?offset\` (older clients) and
  \`?count=true\` (the total in \`X-Total-Count\`), and answer \`items\` and \`next_cursor\`, which is null at the end.
- ${header('IdempotencyKey')}
- ${header('IfMatch')}
- ${header('RequestId')}`;
}

function contents(tags: readonly { readonly name: string }[], routes: readonly Route[]): string {
  const rows = tags.flatMap(({ name }) =>
    routes
      .filter((route) => route.tags.includes(name))
      .map((route) => `| [${route.summary}](#${anchor(route.summary, route)}) | \`${title(route)}\` |`),
  );
  return ['| | |', '| --- | --- |', ...rows].join('\n');
}

/** Several routes may be summed up in the same words. */
function heading({ summary, operationId }: Route): string {
  return `### ${summary} (${operationId})`;
}

function anchor(summary: string, { operationId }: Route): string {
  const text = `${summary} ${operationId}`.toLowerCase();
  return text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
}

function title({ method, path }: Route): string {
  return `${method} ${path}`;
}

function routeSection(route: Route, context: Context): string {
  const [description] = (route.description ?? '').split(/(?:\n\n)?Roles: /);
  const parts = [
    heading(route),
    `\`${title(route)}\`${forWhom(route)}${takes(route)}`,
    description ?? '',
    fieldTable(inputRows(route, context)),
    answers(route, context.document),
    exampleOf(route, context),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function forWhom({ description = '', security }: Route): string {
  const [, roles] = /Roles: (.+)\.$/.exec(description) ?? [];
  if (security.length === 0) return ', without a key.';
  return roles === undefined ? ', for any key.' : `, for ${roles}.`;
}

function takes({ parameters = [] }: Route): string {
  const headers = parameters.flatMap(({ $ref }) => ($ref === undefined ? [] : [nameOf($ref)]));
  const named = headers.filter((name) => name !== 'RequestId').map((name) => `\`${HEADERS[name] ?? name}\``);
  const list = isList(parameters) ? ['the parameters of lists'] : [];
  const all = [...named, ...list];
  return all.length === 0 ? '' : ` Takes ${all.join(' and ')}.`;
}

const HEADERS: Readonly<Record<string, string>> = { IdempotencyKey: 'Idempotency-Key', IfMatch: 'If-Match' };

function isList(parameters: readonly Parameter[]): boolean {
  const names = parameters.map(({ name }) => name);
  return OF_LISTS.every((name) => names.includes(name));
}

/** Path and query, headers of its own, and the body unless that has a section. */
function inputRows({ parameters = [], requestBody }: Route, context: Context): FieldRow[] {
  const shown = parameters.filter((each) => {
    const isOfList = isList(parameters) && OF_LISTS.includes(each.name);
    return each.$ref === undefined && !isOfList && !ID.test(each.description ?? '');
  });
  const body = requestBody?.content['application/json']?.schema;
  return [...shown.map(parameterRow), ...(body ? bodyRows(body, context) : [])];
}

function parameterRow({ name, in: place, required = false, description = '', schema }: Parameter): FieldRow {
  const shown = { path: `{${name}}`, query: `?${name}`, header: `${name}:` }[place] ?? name;
  const [row] = fieldRows({ properties: { [shown]: { description, ...schema } }, required: required ? [shown] : [] });
  if (!row) throw new Error(`${name} has no schema`);
  return row;
}

/** A body that several routes take has a section of its own. */
function bodyRows(body: Schema, { document, shapes }: Context): FieldRow[] {
  const name = nameOf(body.$ref ?? '');
  const rows = shapes.has(name) ? [] : fieldRows(body.$ref === undefined ? body : schemaOf(document, name));
  if (rows.length > 0) return rows;
  return [{ name: 'body', isRequired: true, type: typeText(body), meaning: body.description ?? '' }];
}

/** What is answered when all is well, then the codes of errors in one line: what they mean is on a page of its own. */
function answers({ responses }: Route, document: OpenApiDocument): string {
  const { responses: shared } = document.components as unknown as { responses: Record<string, Answer> };
  const good = Object.entries(responses).flatMap(([status, answer]) =>
    answer.$ref === undefined ? [`- ${status}: ${answer.description.replace(/[^.]$/, '$&.')}${shapeText(answer)}`] : [],
  );
  const errors = Object.entries(responses).flatMap(([status, { $ref }]) => {
    const { description = '' } = shared[nameOf($ref ?? '')] ?? {};
    const codes = [...description.matchAll(/^`(\w+)`/gm)].map(([, code = '']) => code);
    const own = codes.filter((code) => !EVERYWHERE.has(code)).map((code) => `\`${code}\``);
    return own.length === 0 ? [] : [`${status} ${own.join(' or ')}`];
  });
  return [...good, ...(errors.length === 0 ? [] : [`- ${errors.join(', ')}`])].join('\n');
}

function shapeText({ content = {} }: Answer): string {
  const types = Object.keys(content);
  const schema = content['application/json']?.schema;
  if (schema) return bodyText(schema);
  return types.length === 0 ? '' : ` (${types.map((type) => `\`${type}\``).join(' or ')})`;
}

/** A link to what the body is, or its fields. */
function bodyText(schema: Schema): string {
  const { items, next_cursor: cursor } = schema.properties ?? {};
  if (items?.items && cursor) return ` ${capitalised(typeText(items))}.`;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    return namesIn(field).length === 0 ? `\`${name}\`` : `\`${name}\` (${typeText(field)})`;
  });
  if (fields.length > 0) return ` Fields: ${fields.join(', ')}.`;
  return namesIn(schema).length === 0 ? '' : ` ${capitalised(typeText(schema))}.`;
}

function exampleOf(route: Route, { url }: ApiPage): string {
  const example = API_EXAMPLES[route.operationId];
  return example ? `\`\`\`sh\n${exampleCommand(route, example, url)}\n\`\`\`` : '';
}
