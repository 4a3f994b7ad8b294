import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { temporaryFolder } from '@aitbc/shared-core/testing';

const run = promisify(execFile);

/** systemd's own reader of such files, which needs no running systemd. */
const READER = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';
const ASSIGNMENT = /^([A-Z_]+)=(.*)$/gm;

/**
 * The variables of an environment file as systemd reads them; those that are set to nothing are left out, as our programs
 * do. @throws Error when systemd does not take a line of it.
 */
export async function readBySystemd(file: string): Promise<Record<string, string>> {
  const text = readFileSync(file, 'utf8');
  // The reader would put a variable in its place, which is not so in a unit's files.
  if (/^[^#;].*\$/m.test(text)) throw new Error(`${file} has a $, which cannot be read here`);
  const folder = temporaryFolder();
  try {
    mkdirSync(folder.file('environment.d'));
    writeFileSync(folder.file('environment.d/x.conf'), text.replace(/^[A-Z_]+=\s*$/gm, ''));
    const { stdout, stderr } = await run(READER, { env: { XDG_CONFIG_HOME: folder.path, HOME: folder.path } });
    if (stderr !== '') throw new Error(`${file}: ${stderr}`);
    // The machine's own /etc/environment.d is read too.
    const ours = new Set([...text.matchAll(ASSIGNMENT)].map(([, name]) => name));
    const read = [...stdout.matchAll(ASSIGNMENT)].filter(([, name]) => ours.has(name));
    return Object.fromEntries(read.map(([, name = '', value = '']) => [name, unquoted(value)]));
  } finally {
    await folder.remove();
  }
}

/** The reader writes for a shell. */
function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(["\\`$])/g, '$1') : value;
}

/** A documented file with each default that it tells set, and with lines of one's own after them. */
export function withDefaults(file: string, target: string, lines: readonly string[]): void {
  copyFileSync(file, target);
  const text = readFileSync(target, 'utf8').replace(/^#([A-Z_]+=.+)$/gm, '$1');
  writeFileSync(target, `${text}\n${lines.join('\n')}\n`);
}
