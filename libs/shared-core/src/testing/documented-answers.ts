import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { OpenApiDocument } from '../openapi';

/** An answer as supertest gives it. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Documented {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse | undefined>>;
}

interface DocumentedResponse {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: object } | undefined>>;
}

/** Headers that a route always answers, or never. */
const WATCHED_HEADERS = ['ETag', 'Location'];

/**
 * Compares real answers with what an OpenAPI document says of them. It is stricter than the document: a field that an
 * object has and its schema does not name is a fault, since it would be missing in the documentation.
 */
export class DocumentedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<object, ValidateFunction>();
  private readonly components: unknown;
  private readonly succeeded = new Set<string>();

  constructor(private readonly document: OpenApiDocument) {
    addFormats(this.ajv);
    this.components = closed(document.components);
  }

  /** What differs; empty when the answer is as documented. @param path of the request, without the query */
  faultsOf(method: string, path: string, { status, headers, body }: GivenAnswer): string[] {
    const place = `${method} ${path} ${status}`;
    const operation = this.operationAt(method, path);
    const response = this.resolved(operation?.responses[String(status)]);
    if (!operation || !response) return [`${place}: is not documented`];
    if (status < 300) this.succeeded.add(operation.operationId);
    const wrong = WATCHED_HEADERS.filter(
      (name) => hasHeader(headers, name) !== hasHeader(response.headers ?? {}, name),
    );
    return [
      ...wrong.map((name) => `${place}: ${name} is either answered or documented, not both`),
      ...this.bodyFaults(place, response, headers, body),
    ];
  }

  /** Ids of the operations that have not succeeded yet. */
  uncalled(): string[] {
    const all = Object.values(this.document.paths).flatMap(
      (methods) => Object.values(methods) as unknown as Documented[],
    );
    return all.map(({ operationId }) => operationId).filter((id) => !this.succeeded.has(id));
  }

  private bodyFaults(
    place: string,
    response: DocumentedResponse,
    headers: GivenAnswer['headers'],
    body: unknown,
  ): string[] {
    const mediaType = (headers['content-type'] ?? '').split(';')[0] ?? '';
    if (!response.content) return mediaType === '' ? [] : [`${place}: has a body that is not documented`];
    const schema = response.content[mediaType]?.schema;
    if (!schema) return [`${place}: ${mediaType} is not documented`];
    const validate = this.compile(schema);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${place}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private resolved(response: DocumentedResponse | undefined): DocumentedResponse | undefined {
    const name = response?.$ref?.split('/').at(-1);
    if (name === undefined) return response;
    return (this.document.components['responses'] as Record<string, DocumentedResponse | undefined>)[name];
  }

  /** Fixed segments win over parameters, as they do in the routers. */
  private operationAt(method: string, path: string): Documented | undefined {
    const candidates = Object.keys(this.document.paths)
      .filter((template) => this.document.paths[template]?.[method] && patternOf(template).test(path))
      .sort((a, b) => a.split('{').length - b.split('{').length);
    const [template] = candidates;
    return template === undefined ? undefined : (this.document.paths[template]?.[method] as Documented | undefined);
  }

  private compile(schema: object): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known) return known;
    const made = this.ajv.compile({ ...(closed(schema) as object), components: this.components });
    this.compiled.set(schema, made);
    return made;
  }
}

function hasHeader(headers: object, name: string): boolean {
  return Object.keys(headers).some((header) => header.toLowerCase() === name.toLowerCase());
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

/** The same schema, with `additionalProperties: false` wherever properties are named and nothing is said of others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isObject =
    entries['type'] === 'object' || (Array.isArray(entries['type']) && entries['type'].includes('object'));
  return isObject && 'properties' in entries ? { additionalProperties: false, ...entries } : entries;
}
