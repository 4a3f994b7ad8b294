import { OperatorError } from '@aitbc/operator-programs';
import { readFileSync } from 'node:fs';
import type { RoutedRelease } from './description';

/**
 * Releases of `deploy/releases.json` that serve agents, on this machine unless told otherwise.
 * @param addresses `host:port` by name
 * @throws OperatorError when the file or an address is not right.
 */
export function routedReleases(file: string, addresses: Readonly<Record<string, string>>): RoutedRelease[] {
  const entries = Object.entries(read(file));
  for (const name of Object.keys(addresses)) {
    if (!entries.some(([each]) => each === name)) throw new OperatorError(`${file} has no release '${name}'`);
  }
  return entries.map(([name, { port, paths }]) => {
    const sound = /^[a-z][a-z0-9-]*$/.test(name) && Number.isInteger(port) && paths?.every((path) => PATH.test(path));
    if (!sound || !paths) throw new OperatorError(`release '${name}' of ${file} is not as it must be`);
    return { name, address: addresses[name] ?? `127.0.0.1:${String(port)}`, paths };
  });
}

/** It becomes part of a regular expression of nginx. */
const PATH = /^(?:\/[A-Za-z0-9._-]+)+$/;

function read(file: string): Readonly<Record<string, { readonly port?: number; readonly paths?: readonly string[] }>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof read>;
  } catch (cause) {
    throw new OperatorError(`${file} cannot be read`, { cause });
  }
}
