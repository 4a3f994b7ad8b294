import type { Environment } from '@aitbc/shared-core';
import { CliError, EXIT } from '../errors';
import { configPath, readLogin, type StoredLogin } from './config-file';

export const DEFAULT_URL = 'http://127.0.0.1:8011';
export const DEFAULT_AGENT_URL = 'http://127.0.0.1:8012';

export interface ConnectionFlags {
  readonly url?: string;
  readonly agentUrl?: string;
  readonly key?: string;
}

/** Where to call, and as whom. */
export interface Address {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key?: string;
}

/** A platform: what serves `/api/v1/agent`, and what serves all else. Behind a router both have one URL. */
export interface Connection {
  readonly coordinator: Address;
  readonly agents: Address;
}

/**
 * Flags win over `AITBC_URL`, `AITBC_AGENT_URL` and `AITBC_KEY`, and these over the stored login. The stored key goes to
 * the stored URLs only: whoever can change a variable must not be sent it.
 * @throws CliError for an URL that is none.
 */
export function connectionOf(flags: ConnectionFlags, environment: Environment): Connection {
  const named: ConnectionFlags = {
    url: checkedUrl(flags.url ?? nonEmpty(environment['AITBC_URL'])),
    agentUrl: checkedUrl(flags.agentUrl ?? nonEmpty(environment['AITBC_AGENT_URL'])),
    key: flags.key ?? nonEmpty(environment['AITBC_KEY']),
  };
  // Whoever names a platform and a key needs no file, not even a sound one.
  const stored = named.url !== undefined && named.key !== undefined ? undefined : storedLogin(environment);
  const { url, agentUrl } = urlsOf(named, stored);
  const addressOf = (at: string): Address => {
    const key = named.key ?? (stored && [stored.url, stored.agentUrl].includes(at) ? stored.key : undefined);
    return { url: at, ...(key !== undefined && { key: checkedKey(key) }) };
  };
  return { coordinator: addressOf(url), agents: addressOf(agentUrl) };
}

/** A platform of which one URL is named has one address for all, unless its login says that it has two. */
function urlsOf(named: ConnectionFlags, stored: StoredLogin | undefined): { url: string; agentUrl: string } {
  const url = named.url ?? stored?.url ?? DEFAULT_URL;
  if (named.agentUrl !== undefined) return { url, agentUrl: named.agentUrl };
  if (url === stored?.url) return { url, agentUrl: stored.agentUrl };
  return { url, agentUrl: named.url === undefined ? DEFAULT_AGENT_URL : url };
}

function storedLogin(environment: Environment): StoredLogin | undefined {
  const stored = readLogin(configPath(environment));
  return stored && { ...stored, url: baseUrl(stored.url), agentUrl: baseUrl(stored.agentUrl) };
}

function checkedUrl(text: string | undefined): string | undefined {
  return text === undefined ? undefined : baseUrl(text);
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
