import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the releases of the built workspace, as an operator does. */
export function makeReleases(root: string, out: string, version: string): void {
  const program = join(root, 'dist/tools/operations/release.js');
  execFileSync(process.execPath, [program, '--no-archive', '--version', version, '--out', out], {
    cwd: root,
    stdio: 'pipe',
  });
}

export interface NextRelease {
  readonly from: string;
  readonly to: string;
  /** Changes of files, by their names. */
  readonly edits?: Readonly<Record<string, (text: string) => string>>;
  /** Leaves the checksums as they were. */
  readonly isTampered?: boolean;
}

/** A release like another one, under the next version, with what a developer has changed in it meanwhile. */
export function nextRelease(
  releases: string,
  app: string,
  { from, to, edits = {}, isTampered = false }: NextRelease,
): string {
  const [before, after] = [join(releases, `${app}-${from}`), join(releases, `${app}-${to}`)];
  linkTree(before, after);
  const relabel = (text: string) => text.replaceAll(`"${from}"`, `"${to}"`);
  const sums = new Map<string, string>();
  for (const [name, edit] of Object.entries({ 'release.json': relabel, ...edits })) {
    const old = readFileSync(join(before, name), 'utf8');
    const text = edit(old);
    if (text === old) throw new Error(`the edit of ${name} changes nothing`);
    replace(join(after, name), text);
    sums.set(name, createHash('sha256').update(text).digest('hex'));
  }
  const lines = readFileSync(join(before, 'SHA256SUMS'), 'utf8').split('\n');
  const summed = lines.map((line) => {
    const sum = sums.get(line.slice(66));
    return sum && !(isTampered && line.endsWith('main.js')) ? `${sum}  ${line.slice(66)}` : line;
  });
  replace(join(after, 'SHA256SUMS'), summed.join('\n'));
  return after;
}

/** Hundreds of megabytes that nobody changes. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) cpSync(source, target);
    else linkSync(source, target);
  }
}

/** A new file in its place: the other release has the same one by a hard link. */
function replace(path: string, text: string): void {
  rmSync(path);
  writeFileSync(path, text);
}

/** The release of before the extraction, out of its own build. */
export function makeMonolith(
  root: string,
  out: string,
  build: { readonly version: string; readonly dist: string },
): void {
  const program = join(root, 'dist/tools/operations/release.js');
  const args = ['monolith', '--no-archive', '--version', build.version, '--dist', build.dist, '--out', out];
  execFileSync(process.execPath, [program, ...args], { cwd: root, stdio: 'pipe' });
}
