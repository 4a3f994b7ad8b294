import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Layout } from '../layout';
import { readEnvironmentFile, type Variables } from '../environment-file';
import { withVariable } from '../with-variable';

/** Folders that systemd-tmpfiles makes on a machine of its own, with their owners. */
const FOLDERS = [
  'etc/aitbc',
  'var/lib/aitbc',
  'var/lib/aitbc-miner',
  'var/backups/aitbc',
  'run/aitbc',
  'var/log/aitbc',
];

/** In an environment file a path of a machine of its own becomes one below the root. */
const STATE_PATH = /(?<=[=:])\/var\/lib\/aitbc/g;

/** What the `deploy` release puts where the machine looks for it: its folder, and the folder below the root. */
const SYSTEM_FILES: readonly {
  readonly from: string;
  readonly to: string;
  readonly pattern: RegExp;
  readonly as?: string;
}[] = [
  { from: 'systemd', to: 'etc/systemd/system', pattern: /\.(service|timer|target)$/ },
  { from: 'systemd', to: 'etc/sysusers.d', pattern: /\.sysusers\.conf$/, as: 'aitbc.conf' },
  { from: 'systemd', to: 'etc/tmpfiles.d', pattern: /\.tmpfiles\.conf$/, as: 'aitbc.conf' },
  { from: 'logrotate', to: 'etc/logrotate.d', pattern: /^aitbc/ },
];

/** Makes the folders of an installation below a root of its own. */
export function makeFolders(layout: Layout): void {
  for (const folder of FOLDERS) mkdirSync(layout.below(folder), { recursive: true, mode: 0o750 });
}

/**
 * Puts units and the like of a `deploy` release where the machine looks for them. What an older release had put there and
 * this one has not goes.
 * @returns what was written, as paths
 */
export function installSystemFiles(layout: Layout, release: string, before: string | undefined): string[] {
  if (before) for (const path of systemFiles(layout, before).keys()) rmSync(path, { force: true });
  const files = systemFiles(layout, release);
  for (const [to, from] of files) {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    chmodSync(to, 0o644);
  }
  return [...files.keys()];
}

/** Removes what `installSystemFiles` has put there. */
export function removeSystemFiles(layout: Layout, release: string): void {
  for (const path of systemFiles(layout, release).keys()) rmSync(path, { force: true });
}

/** Where each goes, and where it comes from. */
function systemFiles(layout: Layout, release: string): Map<string, string> {
  const files = SYSTEM_FILES.flatMap(({ from, to, pattern, as }) => {
    const folder = join(release, from);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : [];
    return names.map((name) => [layout.below(to, as ?? name), join(folder, name)] as const);
  });
  return new Map(files);
}

/**
 * Makes the environment files that are not there yet; what is there is the operator's, and stays. The first admin key is
 * made here, so that nobody has to look for it in a log.
 * @returns the files that were made
 */
export function makeEnvironmentFiles(layout: Layout, release: string): string[] {
  const made: string[] = [];
  for (const name of readdirSync(join(release, 'env'))) {
    const path = join(layout.configuration, name);
    if (existsSync(path)) continue;
    let text = readFileSync(join(release, 'env', name), 'utf8');
    if (!layout.isSystem) text = text.replace(STATE_PATH, layout.state);
    if (name === 'platform.env')
      text = withVariable(text, 'BOOTSTRAP_ADMIN_KEY', randomBytes(32).toString('base64url'));
    writeSecret(path, text);
    made.push(path);
  }
  return made;
}

/** Sets one variable in an environment file, and leaves the rest of it as it is. */
export function setVariable(layout: Layout, file: string, name: string, value: string): void {
  const path = join(layout.configuration, file);
  writeSecret(path, withVariable(readFileSync(path, 'utf8'), name, value));
}

export function variablesIn(layout: Layout, file: string): Variables {
  return readEnvironmentFile(join(layout.configuration, file));
}

/** By renaming, since half an environment file would be a service without its keys. */
function writeSecret(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
