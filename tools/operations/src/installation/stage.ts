import { execFile } from 'node:child_process';
import { cpSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@aitbc/operator-programs';
import { type Layout, RELEASED_APPS } from '../layout';
import { readChecksums, sha256, verifyChecksums } from '../release/checksums';
import { readReleaseInfo, releaseName } from '../release/release-info';
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
  const draft = join(layout.releases, `${process.pid}.staging`);
  try {
    await unpack(artefact, draft);
    const info = readReleaseInfo(draft);
    requirePlatform(artefact, info.platform);
    const folder = join(layout.releases, releaseName(info));
    if (existsSync(folder)) {
      requireSame(draft, folder);
    } else {
      verifyChecksums(draft);
      shareFiles(layout, draft);
      renameSync(draft, folder);
    }
    return { ...info, folder };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function unpack(artefact: string, draft: string): Promise<void> {
  if (!existsSync(artefact)) throw new OperatorError(`there is no ${artefact}`);
  if (statSync(artefact).isDirectory()) {
    cpSync(artefact, draft, { recursive: true, errorOnExist: true });
    return;
  }
  mkdirSync(draft);
  try {
    await run('tar', ['-xzf', artefact, '-C', draft, '--strip-components=1', '--no-same-owner']);
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
function requireSame(draft: string, installed: string): void {
  verifyChecksums(installed);
  const [given, there] = [readChecksums(draft), readChecksums(installed)];
  const isSame = given.size === there.size && [...given].every(([path, hash]) => there.get(path) === hash);
  if (!isSame) throw new OperatorError(`${installed} is there, and is another build: give the new one another version`);
}

/**
 * Files that an installed release has too are kept once, as hard links: Node alone has 120 MB. One that was changed since
 * it was installed is not spread.
 */
function shareFiles(layout: Layout, draft: string): void {
  const installed = RELEASED_APPS.flatMap((app) => new Releases(layout).current(app) ?? []);
  const sources = installed.map(({ folder }) => ({ folder, checksums: readChecksums(folder) }));
  for (const [path, hash] of readChecksums(draft)) {
    const source = sources.find(({ checksums }) => checksums.get(path) === hash);
    if (!source) continue;
    const [from, to] = [join(source.folder, path), join(draft, path)];
    if (lstatSync(from, { throwIfNoEntry: false })?.mode !== lstatSync(to).mode) continue;
    if (sha256(from) !== hash) continue;
    linkSync(from, `${to}.shared`);
    renameSync(`${to}.shared`, to);
  }
}

/** What an interrupted installation has left: whoever calls us holds the lock. */
function removeHalfDone(layout: Layout): void {
  for (const name of readdirSync(layout.releases)) {
    if (name.endsWith('.staging')) rmSync(join(layout.releases, name), { recursive: true, force: true });
  }
}
