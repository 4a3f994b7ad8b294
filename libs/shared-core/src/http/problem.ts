import { AppError, FieldError } from '../errors/app-error';
import { ErrorCode } from '../errors/error-catalogue';

/** Body of every error answer (RFC 9457, `application/problem+json`). */
export interface ProblemDocument {
  /** `urn:aitbc:error:<code>`; the codes are in `docs/errors.md`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request id. */
  readonly instance: string;
  readonly code: ErrorCode;
  /** One entry for each bad field, with 422. */
  readonly errors?: readonly FieldError[];
}

export function problemOf(error: AppError, requestId: string): ProblemDocument {
  const { status, title } = error.definition;
  const problem = {
    type: `urn:aitbc:error:${error.code}`,
    title,
    status,
    detail: error.detail,
    instance: requestId,
    code: error.code,
  };
  return error.fields.length === 0 ? problem : { ...problem, errors: error.fields };
}

/** What Express and its body parser name `type` in their errors, in our terms. */
const PARSER_ERRORS: Readonly<Record<string, [ErrorCode, string]>> = {
  'entity.too.large': ['payload_too_large', 'the body is larger than 1 MiB'],
  'entity.parse.failed': ['malformed_request', 'the body is not well-formed JSON'],
  'body.not_utf8': ['malformed_request', 'the body is not UTF-8'],
  'encoding.unsupported': ['unsupported_media_type', 'that content encoding is not supported'],
  'charset.unsupported': ['unsupported_media_type', 'that charset is not supported'],
};

/** Any thrown value as an AppError; what is not known becomes `internal`, with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { type, status } = partsOf(error);
  const known = typeof type === 'string' ? PARSER_ERRORS[type] : undefined;
  if (known) return new AppError(known[0], known[1], { cause: error });
  // The router and the body parser mark what the client did wrong (a bad %-escape, a cut-off body) with a 4xx status.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('malformed_request', 'the request could not be parsed', { cause: error });
  }
  return new AppError('internal', 'the request could not be served; its id finds the cause in our log', {
    cause: error,
  });
}

function partsOf(error: unknown): { type?: unknown; status?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
