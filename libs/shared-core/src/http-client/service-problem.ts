import { AppError, type FieldError } from '../errors/app-error';
import { ERROR_CATALOGUE, type ErrorCode } from '../errors/error-catalogue';
import { retryAfterMs } from './backoff';

/** What a caller of ours can have caused; the rest is between the two services, and nothing that the caller could mend. */
const OF_THE_CALLER: ReadonlySet<string> = new Set<ErrorCode>([
  ...(['not_found', 'conflict', 'precondition_failed', 'payload_too_large', 'validation_failed', 'not_ready'] as const),
]);

/**
 * Throws what a service's answer says (RFC 9457) as an error of our own: the same one where the caller can mend it, else
 * `dependency_unavailable` with the answer as its cause.
 * @param service as errors call it: `the coordinator`
 */
export function throwProblem(service: string, response: Response, body: unknown): never {
  const { code, detail, errors } = Object(body) as { code?: unknown; detail?: unknown; errors?: unknown };
  const fields = Array.isArray(errors) ? errors.filter(isField) : [];
  if (isOurs(code) && OF_THE_CALLER.has(code)) throw new AppError(code, textOf(detail, code), { fields });
  const seconds = Math.ceil((retryAfterMs(response) ?? 1_000) / 1_000);
  throw new AppError('dependency_unavailable', `${service} could not serve the request`, {
    retryAfterSeconds: seconds,
    cause: new Error(
      `${service} answered ${response.status}: ${typeof detail === 'string' ? detail : 'no problem document'}`,
    ),
  });
}

function isOurs(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CATALOGUE, code);
}

function textOf(detail: unknown, code: ErrorCode): string {
  return typeof detail === 'string' ? detail : ERROR_CATALOGUE[code].title;
}

function isField(value: unknown): value is FieldError {
  const { pointer, message } = Object(value) as { pointer?: unknown; message?: unknown };
  return typeof pointer === 'string' && typeof message === 'string';
}
