import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { OperatorError } from './errors';

/** Lock files that this process holds. */
const held = new Set<string>();

/**
 * Runs the work while nobody else runs one under the same lock file: two who read, ask and write at the same time would
 * each put back what the other one has changed. A lock whose process is gone is taken over.
 * @throws OperatorError when somebody else does
 */
export async function exclusively<T>(file: string, work: () => Promise<T>): Promise<T> {
  take(file);
  held.add(file);
  try {
    return await work();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}

function take(file: string): void {
  for (;;) {
    try {
      const opened = openSync(file, 'wx');
      writeSync(opened, String(process.pid));
      closeSync(opened);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(readFileSync(file, 'utf8'));
      // A holder that has not written its number yet is alive. Our own number, unless we hold it, is that of a holder from
      // before: in containers one process after another may have the same.
      if (pid === 0 || held.has(file) || (pid !== process.pid && isRunning(pid)))
        throw new OperatorError(`another change is under way (process ${pid}); nothing was changed`);
      rmSync(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
