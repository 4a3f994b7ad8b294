import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
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
      if (isHeld(file, pid))
        throw new OperatorError(`another change is under way (process ${pid}); nothing was changed`);
      rmSync(file, { force: true });
    }
  }
}

/** @param pid that stands in it; 0 while its holder has not written it yet */
function isHeld(file: string, pid: number): boolean {
  if (held.has(file)) return true;
  // The number in a lock from before the machine was started may be that of any process by now.
  if (statSync(file).mtimeMs < Date.now() - uptime() * 1_000) return false;
  // Our own is that of a holder from before: in containers one process after another may have the same.
  return pid === 0 || (pid !== process.pid && isRunning(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
