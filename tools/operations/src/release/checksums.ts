import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@aitbc/operator-programs';
import { sha256 } from '../sha256';

/** In the form of `sha256sum`, which can check it too: `sha256sum -c SHA256SUMS`. */
export const CHECKSUMS = 'SHA256SUMS';

/** Hexadecimal SHA-256 of each file, by its path below the folder. */
export type Checksums = ReadonlyMap<string, string>;

/** Writes down what the files of a folder are. */
export function writeChecksums(folder: string): void {
  const lines: string[] = [];
  for (const path of filesBelow(folder)) lines.push(`${sha256(join(folder, path))}  ${path}\n`);
  writeFileSync(join(folder, CHECKSUMS), lines.join(''));
}

/** @throws OperatorError when there are none */
export function readChecksums(folder: string): Checksums {
  let text: string;
  try {
    text = readFileSync(join(folder, CHECKSUMS), 'utf8');
  } catch (cause) {
    throw new OperatorError(`${folder} has no ${CHECKSUMS}`, { cause });
  }
  return new Map(text.split('\n').flatMap((line) => (line === '' ? [] : [[line.slice(66), line.slice(0, 64)]])));
}

/** @throws OperatorError that names what is missing, what is other than it was made, and what does not belong there */
export function verifyChecksums(folder: string): void {
  const expected = readChecksums(folder);
  const found = new Set(filesBelow(folder));
  const faults = [...found].filter((path) => !expected.has(path)).map((path) => `${path} does not belong to it`);
  for (const [path, hash] of expected) {
    if (!found.has(path)) faults.push(`${path} is missing`);
    else if (sha256(join(folder, path)) !== hash) faults.push(`${path} was changed`);
  }
  if (faults.length === 0) return;
  const more = faults.length > 5 ? ` and ${faults.length - 5} more` : '';
  throw new OperatorError(`${folder} is not as it was built: ${faults.slice(0, 5).join(', ')}${more}`);
}

/** Without the checksums themselves, sorted. A link is none of what a release consists of. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => path !== CHECKSUMS && !lstatSync(join(folder, path)).isDirectory()).sort();
}
