import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNITS } from './deployed-files';

/** A unit file as systemd reads it: of a setting that is given several times all values count, or the last one. */
export class UnitFile {
  private readonly values = new Map<string, string[]>();

  /** @param text of the file */
  constructor(text: string) {
    let section = '';
    for (const line of text.split('\n')) {
      if (/^\s*([#;]|$)/.test(line)) continue;
      const [, heading] = /^\[(.+)\]$/.exec(line) ?? [];
      if (heading !== undefined) section = heading;
      else this.add(section, line);
    }
  }

  /** @param name such as `aitbc-miner.service` */
  static of(name: string): UnitFile {
    return new UnitFile(readFileSync(join(UNITS, name), 'utf8'));
  }

  /** Every value, in order; those before an empty one do not count. */
  all(setting: string): readonly string[] {
    const values = this.values.get(setting) ?? [];
    return values.slice(values.lastIndexOf('') + 1);
  }

  /** What a setting of a single value has in the end; `undefined` when the file does not have it. */
  last(setting: string): string | undefined {
    return this.values.get(setting)?.at(-1);
  }

  /** @throws Error when the file does not have it. */
  required(setting: string): string {
    const value = this.last(setting);
    if (value === undefined) throw new Error(`the unit has no ${setting}`);
    return value;
  }

  /** The words of every value. */
  words(setting: string): readonly string[] {
    return this.all(setting).flatMap((value) => value.split(/\s+/));
  }

  isOn(setting: string): boolean {
    return this.last(setting) === 'yes';
  }

  /** All that it says, by `Section.Setting`. */
  settings(section: string): Readonly<Record<string, readonly string[]>> {
    const own = [...this.values].filter(([key]) => key.startsWith(`${section}.`));
    return Object.fromEntries(own.map(([key, values]) => [key.slice(section.length + 1), values]));
  }

  private add(section: string, line: string): void {
    const at = line.indexOf('=');
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    for (const key of [name, `${section}.${name}`]) {
      this.values.set(key, [...(this.values.get(key) ?? []), value]);
    }
  }
}
