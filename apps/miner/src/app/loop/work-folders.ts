import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Folders of jobs, under the state folder of this miner; two miners on one machine have different ids. */
export class WorkFolders {
  private readonly root: string;

  constructor(stateDir: string, minerId: string) {
    // Programs run inside of it, so that their paths must not depend on where the miner was started.
    this.root = resolve(stateDir, 'work', minerId);
  }

  /** Throws away what a killed miner has left. */
  async clear(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
    await mkdir(this.root, { recursive: true, mode: 0o700 });
  }

  /** Runs `work` with an empty folder, which is gone afterwards. */
  async using<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(this.root, 'job-'));
    try {
      return await work(folder);
    } finally {
      // A program's straggler may still write for an instant: try again rather than fail a finished job.
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}
