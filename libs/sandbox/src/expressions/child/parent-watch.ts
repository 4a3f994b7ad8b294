import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own, since the main thread may be inside an endless loop when the parent dies. */
const WATCH = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 250);
`;

/**
 * Ends this process when its parent is gone, even if the parent was killed while an expression was looping here. The
 * socket's end tells an idle child; a busy one never gets to read it, so that a second thread looks at the parent's id.
 */
export function endWithParent(): void {
  const watch = new Worker(WATCH, {
    eval: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  });
  watch.unref();
  watch.on('error', () => process.exit(1));
}
