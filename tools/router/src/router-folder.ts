import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rootOfEnvironment } from './environment';

/** Whole path of the router's folder: the given one, one beside a checkout, or the one of an installation. */
export function routerFolder(given: string | undefined): string {
  const installed = join(rootOfEnvironment(), 'var/lib/aitbc/router');
  return resolve(given ?? ['var/router', installed].find((folder) => existsSync(folder)) ?? 'var/router');
}
