import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where a router is, unless told otherwise: beside a checkout, or installed on this machine. */
const FOLDERS = ['var/router', '/var/lib/aitbc/router'];

/** Whole path of the router's folder. */
export function routerFolder(given: string | undefined): string {
  return resolve(given ?? FOLDERS.find((folder) => existsSync(folder)) ?? 'var/router');
}
