import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
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

/** What stood in a lock when somebody looked, and which file it was. */
interface Found {
  /** 0 while its holder has not written it yet. */
  readonly pid: number;
  readonly inode: number;
  readonly mtimeMs: number;
}

/** Between making the file and writing into it there is an instant: who takes longer was killed there. */
const WRITING_MS = 10_000;

function take(file: string): void {
  for (;;) {
    if (create(file)) return;
    const found = look(file);
    // Its holder has let go of it meanwhile.
    if (!found) continue;
    if (isHeld(file, found))
      throw new OperatorError(`another change is under way (process ${found.pid}); nothing was changed`);
    clear(file, found);
  }
}

function create(file: string): boolean {
  const opened = unless('EEXIST', () => openSync(file, 'wx'));
  if (opened === undefined) return false;
  writeSync(opened, String(process.pid));
  closeSync(opened);
  return true;
}

function look(file: string): Found | undefined {
  return unless('ENOENT', () => {
    const { ino: inode, mtimeMs } = statSync(file);
    return { pid: Number(readFileSync(file, 'utf8')), inode, mtimeMs };
  });
}

function isHeld(file: string, { pid, mtimeMs }: Found): boolean {
  if (held.has(file)) return true;
  // The number in a lock from before the machine was started may be that of any process by now.
  if (mtimeMs < Date.now() - uptime() * 1_000) return false;
  if (pid === 0) return Date.now() - mtimeMs < WRITING_MS;
  // Our own is that of a holder from before: in containers one process after another may have the same.
  return pid !== process.pid && isRunning(pid);
}

/**
 * Removes a lock whose holder is gone. Two may have found it: the slower one must not remove what the faster one has put
 * in its place, so it looks at what it holds in its hands, and puts back what is not the one that it found.
 */
function clear(file: string, found: Found): void {
  const aside = `${file}.${randomUUID()}`;
  if (!unless('ENOENT', () => (renameSync(file, aside), true))) return;
  const moved = look(aside);
  const isFound = moved?.inode === found.inode && moved.mtimeMs === found.mtimeMs;
  if (!isFound) unless('EEXIST', () => linkSync(aside, file));
  rmSync(aside, { force: true });
}

/** The answer, or undefined when it fails with that code of the system. */
function unless<T>(code: string, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
    return undefined;
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
