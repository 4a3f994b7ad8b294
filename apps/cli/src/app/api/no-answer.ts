import { BodyTooLarge } from '@aitbc/shared-core';
import { CliError, EXIT } from '../errors';
import { isRecord, messageOf } from '../json';

/** Names an address of the platform. */
export type UrlOption = '--url' | '--agent-url';

const VARIABLES: Readonly<Record<UrlOption, string>> = { '--url': 'AITBC_URL', '--agent-url': 'AITBC_AGENT_URL' };

/** The address that was called, and how another one is named. */
interface Called {
  readonly url: string;
  readonly timeoutMs: number;
  readonly option: UrlOption;
}

/** What to tell when a request had no answer. */
export function noAnswerError({ url, timeoutMs, option }: Called, failure: unknown): CliError {
  const unavailable = (text: string, hint?: string) => new CliError(text, EXIT.unavailable, hint);
  if (failure instanceof BodyTooLarge) return unavailable(`${url} answered too much: ${failure.message}.`);
  if (isRecord(failure) && failure['name'] === 'TimeoutError') {
    return unavailable(`${url} did not answer within ${timeoutMs / 1000} s.`);
  }
  const code = codeOf(failure);
  if (code === 'ECONNREFUSED') {
    return unavailable(
      `Nothing answers at ${url}: the connection was refused.`,
      `Start the platform (\`npm start\` in its repository), or name another one by ${option} or ${VARIABLES[option]}.`,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unavailable(
      `There is no host of the name in ${url}.`,
      `Check ${option}, ${VARIABLES[option]}, or \`aitbc login ${option}\`.`,
    );
  }
  return unavailable(`${url} cannot be reached: ${messageOf(causeOf(failure) ?? failure)}.`);
}

/** fetch says only "fetch failed"; the reason is its cause. */
function causeOf(failure: unknown): unknown {
  return isRecord(failure) ? failure['cause'] : undefined;
}

function codeOf(failure: unknown): unknown {
  const cause = causeOf(failure);
  return isRecord(cause) ? cause['code'] : undefined;
}
