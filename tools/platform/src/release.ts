import { join } from 'node:path';
import { builtRelease } from './releases/build-release';
import { releaseNamed } from './releases/release';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');

/** `node release.js NAME`: builds a release of `deploy/releases.json` unless it is there, and writes the folder that it is in. */
async function main([name]: string[]): Promise<void> {
  if (name === undefined) throw new Error('usage: release.js NAME');
  process.stdout.write(`${await builtRelease(ROOT, releaseNamed(ROOT, name))}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
