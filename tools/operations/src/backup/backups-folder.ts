import { exclusively, OperatorError } from '@aitbc/operator-programs';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renameDurably, sync } from './durable-files';
import { MANIFEST } from './manifest';

const WHOLE = /^aitbc-\d{8}T\d{6}\.\d{3}Z$/;
/** Of a backup that is being made, or removed. A leading dot: nobody takes it for one. */
const PARTIAL = /^\.aitbc-\d{8}T\d{6}\.\d{3}Z\.(?:partial|removed)$/;

/** The folder that backups are in, one folder each; its other contents are somebody else's. */
export class BackupsFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** Names of whole backups, oldest first. */
  whole(): string[] {
    if (!existsSync(this.path)) return [];
    const names = readdirSync(this.path).filter((name) => WHOLE.test(name));
    return names.filter((name) => existsSync(join(this.path, name, MANIFEST))).sort();
  }

  /**
   * The folder of a backup that somebody names: by its path, by its name here, or as `latest`.
   * @throws OperatorError when there is none
   */
  find(named: string): string {
    const latest = this.whole().at(-1);
    const candidates =
      named === 'latest' ? (latest ? [join(this.path, latest)] : []) : [resolve(named), join(this.path, named)];
    const found = candidates.find((folder) => existsSync(join(folder, MANIFEST)));
    if (found !== undefined) return found;
    throw new OperatorError(`there is no backup '${named}', neither as a path nor in ${this.path}`);
  }

  /**
   * Runs the work while nobody else makes a backup here; what a killed one has left is removed first.
   * @throws OperatorError when somebody else does
   */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    return exclusively(join(this.path, '.lock'), async () => {
      for (const name of readdirSync(this.path).filter((each) => PARTIAL.test(each)))
        await rm(join(this.path, name), { recursive: true, force: true });
      return work();
    });
  }

  /**
   * Has `fill` make the contents of a new backup, which appears under its name when all of it is on the disk. Gives the name.
   */
  async add(startedAt: Date, fill: (folder: string) => Promise<void>): Promise<string> {
    const name = `aitbc-${startedAt.toISOString().replace(/[-:]/g, '')}`;
    const partial = join(this.path, `.${name}.partial`);
    await mkdir(partial, { mode: 0o700 });
    try {
      await fill(partial);
      for (const entry of readdirSync(partial, { recursive: true, encoding: 'utf8' })) await sync(join(partial, entry));
      await sync(partial);
      await renameDurably(partial, join(this.path, name));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    return name;
  }

  /** Removes the oldest whole backups, up to `keep`; gives their names. */
  async keepNewest(keep: number): Promise<string[]> {
    const old = this.whole().slice(0, -keep);
    for (const name of old) {
      // Under another name first: one that is half gone would look whole.
      const removed = join(this.path, `.${name}.removed`);
      await rename(join(this.path, name), removed);
      await rm(removed, { recursive: true, force: true });
    }
    return old;
  }
}
