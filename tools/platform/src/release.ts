import { join } from 'node:path';
import { builtReleaseNamed } from './releases/build-release';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');

/** `node release.js NAME`: builds a release of `deploy/releases.json` unless it is there, and writes the folder that it is in. */
async function main([name]: string[]): Promise<void> {
  if (name === undefined) throw new Error('usage: release.js NAME');
  const { dist } = await builtReleaseNamed(ROOT, name);
  process.stdout.write(`${dist}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
