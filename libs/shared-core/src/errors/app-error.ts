import { ERROR_CATALOGUE, ErrorCode, ErrorDefinition } from './error-catalogue';

/** One bad field of a request. `pointer` is a JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
}

export interface AppErrorOptions {
  /** One entry for each bad field; shown to the client. */
  readonly fields?: readonly FieldError[];
  /** Sent as `Retry-After` with 429 and 503, in whole seconds. */
  readonly retryAfterSeconds?: number;
  /** What caused it; logged, never shown. */
  readonly cause?: unknown;
}

/** A typed error from the catalogue. `detail` is shown to the client: no SQL, no paths, no secrets. */
export class AppError extends Error {
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options: AppErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'AppError';
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get definition(): ErrorDefinition {
    return ERROR_CATALOGUE[this.code];
  }
}

/** `404`: the thing is absent, or not visible to this principal (the two must look alike). */
export function notFound(kind: string, id: string): AppError {
  return new AppError('not_found', `no ${kind} '${id}'`);
}

/** `422` with one entry for each bad field. */
export function validationFailed(fields: readonly FieldError[]): AppError {
  const first = fields[0];
  const detail =
    fields.length === 1 && first ? `${first.pointer}: ${first.message}` : `${fields.length} fields are not valid`;
  return new AppError('validation_failed', detail, { fields });
}
