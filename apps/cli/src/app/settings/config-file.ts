import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import type { Environment } from '@aitbc/shared-core';
import { CliError, EXIT } from '../errors';
import { isRecord, messageOf } from '../json';

/** What `aitbc login` keeps. The key belongs to these URLs, and is sent to no others. */
export interface StoredLogin {
  readonly url: string;
  /** Of the agent context; the same as `url` where one address serves all. */
  readonly agentUrl: string;
  readonly key: string;
}

/** `~/.config/aitbc/config.json`, or below `XDG_CONFIG_HOME`. */
export function configPath(environment: Environment): string {
  const home = environment['HOME'] ?? homedir();
  const base = environment['XDG_CONFIG_HOME'] ?? '';
  // The XDG specification has relative paths ignored.
  return join(base.startsWith('/') ? base : join(home, '.config'), 'aitbc', 'config.json');
}

/** @throws CliError when there is a file that does not hold a login. */
export function readLogin(path: string): StoredLogin | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (isRecord(value)) {
    // Who has logged in before there were two addresses has one for both.
    const { url, agent_url: agentUrl = url, key } = value;
    if (typeof url === 'string' && typeof agentUrl === 'string' && typeof key === 'string') {
      return { url, agentUrl, key };
    }
  }
  throw new CliError(`${path} does not hold a login.`, EXIT.usage, 'Run `aitbc login` to write it anew.');
}

/** Only its owner may read the file, from its first byte on; renaming leaves no half file behind. */
export function writeLogin(path: string, { url, agentUrl, key }: StoredLogin): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify({ url, agent_url: agentUrl, key }, null, 2)}\n`, { mode: 0o600 });
  // A left-over file of that name would have kept its own mode.
  chmodSync(next, 0o600);
  renameSync(next, path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isRecord(error) && (error['code'] === 'ENOENT' || error['code'] === 'ENOTDIR')) return undefined;
    throw new CliError(`${path} cannot be read: ${messageOf(error)}`, EXIT.usage);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
