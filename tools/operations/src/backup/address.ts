import { OperatorError } from '@aitbc/operator-programs';
import { isAbsolute, join, resolve } from 'node:path';
import { readEnvironmentFile } from '../environment-file';
import type { Layout } from '../layout';

/** Where the platform's data is. */
export type DatabaseAddress =
  { readonly engine: 'sqlite'; readonly path: string } | { readonly engine: 'postgres'; readonly url: string };

/** What all services of an installation share. */
const SHARED_CONFIGURATION = 'platform.env';

/**
 * The database of an installation, as its services are told it.
 * @throws OperatorError when what they are told is no address
 */
export function databaseOf(layout: Layout): DatabaseAddress {
  const file = join(layout.configuration, SHARED_CONFIGURATION);
  const told = readEnvironmentFile(file)['DATABASE_URL'];
  if (!told) return { engine: 'sqlite', path: join(layout.state, 'coordinator.db') };
  const address = parseAddress(told);
  // It would be relative to wherever the services run, which nobody here knows.
  if (address.engine === 'sqlite' && !isAbsolute(address.path))
    throw new OperatorError(`DATABASE_URL in ${file} names no whole path: say --database`);
  return address.engine === 'sqlite' ? { ...address, path: resolve(address.path) } : address;
}

/** The database that somebody names on a command line. */
export function namedDatabase(url: string): DatabaseAddress {
  const address = parseAddress(url);
  return address.engine === 'sqlite' ? { ...address, path: resolve(address.path) } : address;
}

function parseAddress(url: string): DatabaseAddress {
  const [, path] = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url) ?? [];
  if (path !== undefined) return { engine: 'sqlite', path };
  if (/^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)) return { engine: 'postgres', url };
  // Without the text itself, which may hold a password.
  throw new OperatorError('the database must be sqlite:<path> or postgres://user:password@host:port/name');
}

/** For people: without the password. */
export function describeAddress(address: DatabaseAddress): string {
  if (address.engine === 'sqlite') return address.path;
  const { host, pathname } = new URL(address.url);
  return `PostgreSQL ${host}${pathname}`;
}
