import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version that the `release.json` in a program's folder gives, as an installed release has one: whoever upgrades sees
 * in `/health` which release answers. `undefined` for a program that was built and never released.
 * @throws Error when there is such a file without a version: the release is not whole
 */
export function releaseVersion(folder: string): string | undefined {
  const path = join(folder, 'release.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { version } = JSON.parse(text) as { version?: unknown };
  if (typeof version !== 'string' || version === '') throw new Error(`${path} has no version`);
  return version;
}
