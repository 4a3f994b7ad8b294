import { ERROR_CATALOGUE, type ErrorCode, type ErrorDefinition } from '../errors/error-catalogue';
import type { Operation } from './operation';
import { type JsonSchema, list, object, oneOf, integer, ref, text } from './schema';

const CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];

/** Body of every error answer (RFC 9457). */
export const problemSchema: JsonSchema = object(
  {
    type: text('`urn:aitbc:error:<code>`.'),
    title: text('Short sentence, the same for each occurrence of the code.'),
    status: integer('The HTTP status.'),
    detail: text('What is wrong this time.'),
    instance: text('The request id.'),
    code: oneOf(CODES, 'The code of the error, for programs to decide by.'),
    errors: list(ref('FieldError'), 'One entry for each bad field.'),
  },
  { optional: ['errors'], description: 'A problem document (RFC 9457).' },
);

export const fieldErrorSchema: JsonSchema = object({
  pointer: text('JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter.'),
  message: text('What is wrong with it.'),
});

/** The codes with which a route may answer: what all have, what comes of its inputs, and what it names itself. */
export function errorCodesOf(operation: Operation, open: boolean, limitedToRoles: boolean): ErrorCode[] {
  const codes = new Set<ErrorCode>(operation.errors);
  if (!open) codes.add('unauthenticated').add('rate_limited');
  if (limitedToRoles) codes.add('forbidden');
  if (operation.query) codes.add('malformed_request').add('validation_failed');
  if (operation.body) {
    codes.add('malformed_request').add('validation_failed').add('payload_too_large').add('unsupported_media_type');
  }
  if (operation.idempotent) codes.add('conflict').add('validation_failed');
  if (operation.ifMatch) codes.add('precondition_failed');
  codes.add('internal');
  return CODES.filter((code) => codes.has(code));
}

/** The error responses of a document, each once: operations refer to them. */
export class ErrorResponses {
  readonly components: Record<string, JsonSchema> = {};

  /** References by status; codes that share one are told apart by `code` in the problem document. */
  of(codes: readonly ErrorCode[], headers: JsonSchema): Record<string, JsonSchema> {
    const byStatus = Map.groupBy(codes, (code) => ERROR_CATALOGUE[code].status);
    return Object.fromEntries([...byStatus].map(([status, same]) => [String(status), this.refer(same, headers)]));
  }

  private refer(codes: readonly ErrorCode[], headers: JsonSchema): JsonSchema {
    // Open routes have fewer headers, so that their responses are others.
    const name = [...codes, ...('RateLimit' in headers ? [] : ['open'])].join('.');
    this.components[name] ??= problemResponse(codes, headers);
    return { $ref: `#/components/responses/${name}` };
  }
}

function problemResponse(codes: readonly ErrorCode[], headers: JsonSchema): JsonSchema {
  const description = codes
    .map((code) => {
      const { title, remedy }: ErrorDefinition = ERROR_CATALOGUE[code];
      return `\`${code}\`: ${title}. ${remedy}`;
    })
    .join('\n\n');
  const mayRetry = codes.some((code) => [429, 503].includes(ERROR_CATALOGUE[code].status));
  const retry = mayRetry ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } : {};
  return {
    description,
    headers: { ...headers, ...retry },
    content: { 'application/problem+json': { schema: ref('Problem') } },
  };
}
