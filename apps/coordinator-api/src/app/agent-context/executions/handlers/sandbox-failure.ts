import { StepFailure } from '@aitbc/execution-engine';
import { CodeError, SandboxError } from '@aitbc/sandbox';

/** Code and message of what went wrong in the sandbox; anything else is thrown on. */
export function sandboxProblem(error: unknown): { code: string; message: string } {
  if (!(error instanceof SandboxError)) throw error;
  const line = error instanceof CodeError && error.line !== undefined ? ` (line ${error.line})` : '';
  return { code: error.code, message: `${error.message}${line}` };
}

/**
 * The step failure for an error of the sandbox. What an author's code or expression did, it does again; only when the
 * sandbox itself was not there can another attempt succeed.
 */
export function sandboxFailure(error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error;
  const { code, message } = sandboxProblem(error);
  return new StepFailure(code, message, code.startsWith('sandbox_'));
}
