import { StepFailure } from '@aitbc/execution-engine';
import { CodeError, SandboxError, type SandboxErrorCode } from '@aitbc/sandbox';

/**
 * What went wrong in the sandbox; anything else is thrown on. What an author's code or expression did, it does again:
 * only when the sandbox itself was not there can another attempt succeed.
 */
export function sandboxProblem(error: unknown): {
  code: SandboxErrorCode;
  message: string;
  retryable: boolean;
} {
  if (!(error instanceof SandboxError)) throw error;
  const line = error instanceof CodeError && error.line !== undefined ? ` (line ${error.line})` : '';
  return { code: error.code, message: `${error.message}${line}`, retryable: error.code.startsWith('sandbox_') };
}

/** The step failure for an error of the sandbox; any other error is given back. */
export function sandboxFailure(error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error;
  const { code, message, retryable } = sandboxProblem(error);
  return new StepFailure(code, message, retryable);
}
