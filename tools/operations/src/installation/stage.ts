import { execFile } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@aitbc/operator-programs';
import { type Layout, RELEASED_APPS } from '../layout';
import { CHECKSUMS, type Checksums, readChecksums, verifyChecksums } from '../release/checksums';
import { readReleaseInfo, releaseName } from '../release/release-info';
import { sha256 } from '../sha256';
import { type InstalledRelease, Releases } from './releases';

const run = promisify(execFile);

/**
 * Puts a release (a folder, or a `.tar.gz` of one) beside those that are installed. It is there under its name only when
 * every file is as its checksum says; one that is there already is verified again, and stays.
 * @throws OperatorError when it is none, or not whole
 */
export async function stage(layout: Layout, artefact: string): Promise<InstalledRelease> {
  mkdirSync(layout.releases, { recursive: true });
  removeHalfDone(layout);
  const unpacked = join(layout.releases, `${process.pid}.unpacked.staging`);
  const draft = join(layout.releases, `${process.pid}.staging`);
  try {
    const source = await folderOf(artefact, unpacked);
    const info = readReleaseInfo(source);
    requirePlatform(artefact, info.platform);
    const folder = join(layout.releases, releaseName(info));
    if (existsSync(folder)) {
      requireSame(source, folder);
    } else {
      assemble(layout, source, draft);
      renameSync(draft, folder);
    }
    return { ...info, folder };
  } finally {
    for (const path of [draft, unpacked]) rmSync(path, { recursive: true, force: true });
  }
}

/** The artefact's own folder, or where it was unpacked. */
async function folderOf(artefact: string, unpacked: string): Promise<string> {
  if (!existsSync(artefact)) throw new OperatorError(`there is no ${artefact}`);
  if (statSync(artefact).isDirectory()) return artefact;
  mkdirSync(unpacked);
  try {
    await run('tar', ['-xzf', artefact, '-C', unpacked, '--strip-components=1', '--no-same-owner']);
    return unpacked;
  } catch (cause) {
    throw new OperatorError(`${artefact} cannot be unpacked: ${(cause as { stderr?: string }).stderr?.trim()}`, {
      cause,
    });
  }
}

function requirePlatform(artefact: string, platform: string): void {
  const own = `${process.platform}-${process.arch}`;
  if (platform !== own) throw new OperatorError(`${artefact} is for ${platform}, and this machine is ${own}`);
}

/** A version is one build: another one under the same name would make a rollback return to something else. */
function requireSame(source: string, installed: string): void {
  verifyChecksums(installed);
  const [given, there] = [readChecksums(source), readChecksums(installed)];
  const isSame = given.size === there.size && [...given].every(([path, hash]) => there.get(path) === hash);
  if (!isSame) throw new OperatorError(`${installed} is there, and is another build: give the new one another version`);
}

/**
 * What the checksums of a release name, and nothing else. Files that an installed release has too are kept once, as hard
 * links: Node alone has 120 MB.
 * @throws OperatorError when a file is missing, or other than its checksum says
 */
function assemble(layout: Layout, source: string, draft: string): void {
  const installed = RELEASED_APPS.flatMap((app) => new Releases(layout).current(app) ?? []);
  const sharing = installed.map(({ folder }) => ({ folder, checksums: readChecksums(folder) }));
  const folders = new Set<string>();
  for (const [path, hash] of readChecksums(source)) {
    const [from, to] = [join(source, path), join(draft, path)];
    if (!folders.has(dirname(to))) mkdirSync(dirname(to), { recursive: true });
    folders.add(dirname(to));
    const mode = lstatSync(from, { throwIfNoEntry: false })?.mode;
    if (mode === undefined) throw new OperatorError(`${source} is not as it was built: ${path} is missing`);
    const twin = sharing.find((one) => isTwin(one, path, { hash, mode }));
    if (twin) linkSync(join(twin.folder, path), to);
    else copyFileSync(from, to, constants.COPYFILE_FICLONE);
    // What was copied, and not what it was copied from.
    if (!twin && sha256(to) !== hash) throw new OperatorError(`${source} is not as it was built: ${path} was changed`);
  }
  copyFileSync(join(source, CHECKSUMS), join(draft, CHECKSUMS));
}

interface Sharing {
  readonly folder: string;
  readonly checksums: Checksums;
}

/** Whether an installed release has the same file, and has it still: one that was changed since is not spread. */
function isTwin({ folder, checksums }: Sharing, path: string, { hash, mode }: { hash: string; mode: number }): boolean {
  if (checksums.get(path) !== hash) return false;
  const there = lstatSync(join(folder, path), { throwIfNoEntry: false });
  return there?.mode === mode && sha256(join(folder, path)) === hash;
}

/** What an interrupted installation has left: whoever calls us holds the lock. */
function removeHalfDone(layout: Layout): void {
  for (const name of readdirSync(layout.releases)) {
    if (name.endsWith('.staging')) rmSync(join(layout.releases, name), { recursive: true, force: true });
  }
}
