import type { Environment } from '@aitbc/shared-core';
import { CliError, EXIT } from '../errors';
import { configPath, readLogin } from './config-file';

const DEFAULT_URL = 'http://127.0.0.1:8011';

export interface ConnectionFlags {
  readonly url?: string;
  readonly key?: string;
}

/** Which platform to call, and as whom. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key?: string;
}

/**
 * Flags win over `AITBC_URL` and `AITBC_KEY`, and these over the stored login. The stored key goes to the stored URL
 * only: whoever can change a variable must not be sent it.
 * @throws CliError for an URL that is none.
 */
export function connectionOf(flags: ConnectionFlags, environment: Environment): Connection {
  const named = flags.url ?? nonEmpty(environment['AITBC_URL']);
  const given = flags.key ?? nonEmpty(environment['AITBC_KEY']);
  // Whoever names both needs no file, not even a sound one.
  if (named !== undefined && given !== undefined) return { url: baseUrl(named), key: checkedKey(given) };
  const stored = readLogin(configPath(environment));
  const url = baseUrl(named ?? stored?.url ?? DEFAULT_URL);
  const key = given ?? (stored && baseUrl(stored.url) === url ? stored.key : undefined);
  return { url, ...(key !== undefined && { key: checkedKey(key) }) };
}

/** @throws CliError for what is no http(s) URL of a server. */
function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase = url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '';
  if (!isBase) {
    throw new CliError(
      `'${text}' is not the URL of a platform.`,
      EXIT.usage,
      'Give one such as http://127.0.0.1:8011.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** @throws CliError for a text that no header may hold, before it fails as a request that says less. */
export function checkedKey(key: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new CliError('A key has no blanks and no other than ASCII characters.', EXIT.usage);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
