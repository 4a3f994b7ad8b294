import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../environment';

/** What `restore --json` says, as far as a drill judges it. */
export interface RestoreReport {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly checked: number;
    readonly detail: string;
  }[];
}

/** What `backup --json` says, as far as a drill needs it. */
export interface BackupReport {
  readonly path: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly files: readonly { readonly bytes: number }[];
}

/** The folders of an installation in a temporary place, whose releases are what was just built. */
export class BuiltInstallation {
  readonly state: string;
  private readonly miner: string;

  /** @param dist folder of the built workspace */
  constructor(
    readonly root: string,
    private readonly dist: string,
  ) {
    this.state = join(root, 'var/lib/aitbc');
    this.miner = join(this.state, 'miner');
    for (const folder of [this.state, this.miner, join(root, 'etc/aitbc'), join(root, 'opt/aitbc/current')])
      mkdirSync(folder, { recursive: true });
    for (const app of ['coordinator-api', 'agent-management'])
      symlinkSync(join(dist, 'apps', app), join(root, 'opt/aitbc/current', app));
    writeFileSync(join(root, 'etc/aitbc/miner.env'), `MINER_STATE_DIR=${this.miner}\n`);
  }

  /** @throws Error with what the program has said, when it fails */
  async backup(...args: string[]): Promise<BackupReport> {
    const { stdout } = await this.run('backup', args);
    return JSON.parse(stdout) as BackupReport;
  }

  /** @throws Error with what the program has said, when it could not judge */
  async restore(...args: string[]): Promise<RestoreReport> {
    const { stdout } = await this.run('restore', args).catch((error: Error & { stdout?: string }) => {
      // A backup that does not hold is told on standard output too.
      if (error.stdout) return { stdout: error.stdout };
      throw error;
    });
    return JSON.parse(stdout) as RestoreReport;
  }

  /** Gives the miner that comes here the key that it has signed with before. */
  adoptMinerKey(backup: string): void {
    const kept = join(backup, 'miner', 'miner-key.json');
    if (existsSync(kept)) copyFileSync(kept, join(this.miner, 'miner-key.json'));
  }

  private run(program: 'backup' | 'restore', args: readonly string[]) {
    const file = join(this.dist, 'tools/operations', `${program}.js`);
    return promisify(execFile)(process.execPath, [file, '--root', this.root, '--json', ...args], {
      env: inheritedEnvironment(),
    });
  }
}
