import { BodyTooLarge } from '@aitbc/shared-core';
import { CliError, EXIT } from './errors';
import { isRecord } from './json';

/** What to tell when a request had no answer. */
export function noAnswerError({ url, timeoutMs }: { url: string; timeoutMs: number }, failure: unknown): CliError {
  const unavailable = (text: string, hint?: string) => new CliError(text, EXIT.unavailable, hint);
  if (failure instanceof BodyTooLarge) return unavailable(`${url} answered too much: ${failure.message}.`);
  if (failure instanceof Error && failure.name === 'TimeoutError') {
    return unavailable(`${url} did not answer within ${timeoutMs / 1000} s.`);
  }
  const code = codeOf(failure);
  if (code === 'ECONNREFUSED') {
    return unavailable(
      `Nothing answers at ${url}: the connection was refused.`,
      'Start the platform (`npm start` in its repository), or name another one by --url or AITBC_URL.',
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unavailable(`There is no host of the name in ${url}.`, 'Check --url, AITBC_URL, or `aitbc login --url`.');
  }
  return unavailable(`${url} cannot be reached: ${reasonIn(failure)}.`);
}

/** fetch says only "fetch failed"; the reason is its cause. */
function codeOf(failure: unknown): unknown {
  const cause = failure instanceof Error ? failure.cause : undefined;
  return isRecord(cause) ? cause['code'] : undefined;
}

function reasonIn(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}
