/**
 * Why something that a user gave us to evaluate has no result. `*_failed` and `*_invalid` are the author's to mend;
 * `*_timeout` and `*_resource_limit` mean that a limit stopped it; `sandbox_*` mean that the sandbox itself is not
 * there, and a later attempt may succeed.
 */
export type SandboxErrorCode =
  | 'expression_failed'
  | 'expression_timeout'
  | 'expression_resource_limit'
  | 'schema_invalid'
  | 'schema_timeout'
  | 'schema_resource_limit'
  | 'code_invalid'
  | 'code_failed'
  | 'code_timeout'
  | 'code_resource_limit'
  | 'sandbox_closed'
  | 'sandbox_unavailable';

/**
 * The failure of one evaluation. It is no `AppError`: it is recorded in the execution's history instead of being
 * answered over HTTP. `message` is written for the author of the expression or code: one line, no host paths.
 */
export class SandboxError extends Error {
  constructor(
    readonly code: SandboxErrorCode,
    message: string,
    /** Where in the expression, as an offset in characters; known for most errors of expressions. */
    readonly position?: number,
  ) {
    super(message);
    this.name = 'SandboxError';
  }
}

const MAX_MESSAGE_LENGTH = 500;

/** One bounded line of printable text: messages of evaluators quote the user's values, which may be anything. */
export function sanitiseMessage(message: unknown): string {
  const text = typeof message === 'string' ? message.slice(0, MAX_MESSAGE_LENGTH * 2) : 'no message was given';
  // eslint-disable-next-line no-control-regex -- control characters are what must not pass
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
}
