import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { writeChecksums } from './checksums';
import { type LockFile, productionPackages } from './production-packages';
import { type ReleaseInfo, releaseName } from './release-info';

const run = promisify(execFile);

/** What becomes a release. */
export interface ReleaseSource {
  readonly info: ReleaseInfo;
  /** Folder of the built program, with `main.js` or `lib/`, and a `package.json` that names what it needs. */
  readonly built: string;
  /** The workspace whose `node_modules` and `package-lock.json` its packages come from. */
  readonly workspace: string;
  /** What is put into it beside the built program: the name there, and where it is. */
  readonly additions?: readonly (readonly [name: string, from: string])[];
  /** Below which folder the built program goes; by default the release's own. */
  readonly programsIn?: string;
}

/**
 * Makes the folder `<app>-<version>`: the program, the packages that it needs at run time, the Node that it runs with,
 * `release.json`, and the checksums of all.
 * @returns the path of that folder
 * @throws Error when something is not there
 */
export function makeRelease(source: ReleaseSource, outputFolder: string): string {
  const folder = join(outputFolder, releaseName(source.info));
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, 'bin'), { recursive: true });
  for (const [name, from] of source.additions ?? []) copy(from, join(draft, name));
  copy(source.built, join(draft, source.programsIn ?? '.'));
  copy(join(source.workspace, 'node_modules', 'node', 'bin', 'node'), join(draft, 'bin', 'node'));
  copyPackages(source, draft);
  writeFileSync(join(draft, 'release.json'), `${JSON.stringify(source.info, null, 2)}\n`);
  writeChecksums(draft);
  // What is found under the right name is whole.
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return folder;
}

/** Beside the folder, as `<folder>.tar.gz`; the same for the same files, whoever packs them and when. */
export async function packRelease(folder: string, name: string): Promise<string> {
  const archive = join(folder, `${name}.tar.gz`);
  const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
  await run('tar', ['-czf', archive, '-C', folder, ...same, name]);
  return archive;
}

/** Whole files and not links: a release outlives the workspace that it was built in. */
function copy(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`${from} is not there: build it first`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}

function copyPackages({ built, workspace }: ReleaseSource, draft: string): void {
  const { dependencies = {} } = readJson(join(built, 'package.json')) as { dependencies?: object };
  const lock = readJson(join(workspace, 'package-lock.json')) as LockFile;
  for (const path of productionPackages(lock, Object.keys(dependencies))) {
    const from = join(workspace, path);
    // Optional packages of other platforms are in the lock file only.
    if (existsSync(from)) cpSync(from, join(draft, path), { recursive: true, dereference: true, filter: isOwn(from) });
  }
}

/** What only people, compilers and debuggers read: half of the files; and what a native addon was made of. */
const NOT_FOR_NODE = /\.(?:map|md|markdown|[cm]?ts|tsbuildinfo|a|o|d|tar\.gz)$/;

/** A package's own files: what lies in its `node_modules` is copied by itself, where it is needed. */
function isOwn(folder: string): (path: string) => boolean {
  const nested = join(folder, 'node_modules');
  return (path) => path !== nested && !NOT_FOR_NODE.test(path);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
