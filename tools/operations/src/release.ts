import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OperatorError, runProgram, UsageError } from '@aitbc/operator-programs';
import { RELEASED_APPS } from './layout';
import { appNamed } from './named';
import { sourceOf } from './release/release-sources';
import { makeRelease, packRelease } from './release/make-release';
import { isVersion, releaseName } from './release/release-info';

const USAGE = `usage: npm run release [-- [APP…] [--version V] [--out DIR] [--no-archive] [--dist DIR]]
  APP           ${RELEASED_APPS.join(', ')}; default: all but monolith
  --version     a semantic version; default: that of package.json with the commit's number and hash
  --out         where the releases go; default: dist/releases
  --no-archive  folders only, no <app>-<version>.tar.gz
  --dist        folder of the build; of the monolith: that of its release's build (npm run parity has made it)`;

/** This file is bundled into `dist/tools/operations/`. */
const ROOT = resolve(__dirname, '..', '..', '..');

/** `npm run release`: what is built, as what can be installed. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      version: { type: 'string' },
      out: { type: 'string', default: join(ROOT, 'dist', 'releases') },
      archive: { type: 'boolean', default: true },
      dist: { type: 'string', default: join(ROOT, 'dist') },
    },
    allowNegative: true,
  });
  const apps = positionals.length > 0 ? positionals.map(appNamed) : RELEASED_APPS.filter((app) => app !== 'monolith');
  const version = values.version ?? defaultVersion();
  if (!isVersion(version)) throw new UsageError(`'${version}' is no semantic version`);
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const build = {
    root: ROOT,
    dist: resolve(values.dist),
    version,
    commit: commitOf(),
    builtAt: new Date().toISOString(),
  };
  for (const app of apps) {
    const source = sourceOf(app, build);
    const folder = makeRelease(source, out);
    process.stdout.write(`${folder}\n`);
    if (values.archive) process.stdout.write(`${await packRelease(out, releaseName(source.info))}\n`);
  }
  return 0;
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (cause) {
    throw new OperatorError(`git ${args.join(' ')} failed in ${basename(ROOT)}: a release is made in a clone`, {
      cause,
    });
  }
}

function commitOf(): string {
  return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+changes'}`;
}

/** Such as `0.1.0-1234.g314318a`: later commits have higher versions. */
function defaultVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return `${version}-${git('rev-list', '--count', 'HEAD')}.g${git('rev-parse', '--short', 'HEAD')}`;
}

runProgram(USAGE, main);
