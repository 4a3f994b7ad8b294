import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../environment';
import { type Release, releaseNamed } from './release';

const run = promisify(execFile);

/** Compilers may say much. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A release, and the folder of its build. */
export interface BuiltRelease extends Release {
  readonly dist: string;
}

/**
 * A release of `deploy/releases.json`, built.
 * @param say is told what is built, which takes a minute when it was not yet
 * @throws Error when there is no such release, or it cannot be built
 */
export async function builtReleaseNamed(
  root: string,
  name: string,
  say: (sentence: string) => void = () => undefined,
): Promise<BuiltRelease> {
  const release = releaseNamed(root, name);
  say(`Building the release '${release.name}' (${release.commit}), unless it is there`);
  return { ...release, dist: await builtRelease(root, release) };
}

/**
 * The folder with the built app of a release (`apps/<app>/main.js` in it). It is built once from its commit, and kept below
 * `tmp/releases/`.
 * @param root of the workspace, which must have the commit in its history
 * @throws Error when the history does not reach back so far, or the build fails.
 */
async function builtRelease(root: string, release: Release): Promise<string> {
  const kept = join(root, 'tmp', 'releases', release.commit);
  const dist = join(kept, 'dist');
  if (existsSync(join(dist, 'apps', release.app, 'main.js'))) return dist;
  await requireCommit(root, release);
  mkdirSync(join(root, 'tmp', 'releases'), { recursive: true });
  const building = mkdtempSync(join(root, 'tmp', 'releases', 'building-'));
  try {
    await build(root, release, building);
    // By renaming, so that what is found there is whole; of two that build at once one loses, to the same result.
    rmSync(kept, { recursive: true, force: true });
    renameSync(building, kept);
    return dist;
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (existsSync(dist)) return dist;
    throw new Error(`release '${release.name}' cannot be built: ${outputOf(error)}`, { cause: error });
  }
}

async function requireCommit(root: string, { name, commit }: Release): Promise<void> {
  try {
    await run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root });
  } catch (cause) {
    const advice = 'fetch the whole history, such as by git fetch --unshallow';
    throw new Error(`release '${name}' is commit ${commit}, which this clone does not have: ${advice}`, { cause });
  }
}

async function build(root: string, { commit, app }: Release, folder: string): Promise<void> {
  const env = {
    ...inheritedEnvironment(),
    NX_NO_CLOUD: 'true',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, '.nx', 'data'),
    NX_CACHE_DIRECTORY: join(folder, '.nx', 'cache'),
  };
  const archive = join(folder, 'source.tar');
  await run('git', ['archive', '--format=tar', '-o', archive, commit], { cwd: root });
  await run('tar', ['-xf', archive, '-C', folder]);
  rmSync(archive);
  await install(root, folder, env);
  const nx = join(folder, 'node_modules', '.bin', 'nx');
  await run(process.execPath, [nx, 'run', `${app}:build`], { cwd: folder, env, maxBuffer: MAX_OUTPUT_BYTES });
  if (!existsSync(join(folder, 'dist', 'apps', app, 'main.js'))) throw new Error(`the build made no ${app}`);
}

/** The workspace's own packages where the release wants the same ones; else those that it does want. */
async function install(root: string, folder: string, env: Record<string, string>): Promise<void> {
  const lockOf = (path: string) => readFileSync(join(path, 'package-lock.json'), 'utf8');
  if (lockOf(root) === lockOf(folder)) symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  else await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, env, maxBuffer: MAX_OUTPUT_BYTES });
}

function outputOf(error: unknown): string {
  const { message, stdout, stderr } = Object(error) as { message?: string; stdout?: string; stderr?: string };
  return [message, stdout, stderr].filter(Boolean).join('\n');
}
