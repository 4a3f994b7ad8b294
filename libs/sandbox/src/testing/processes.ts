import { readFileSync } from 'node:fs';

/** Resolves when the condition holds; fails after `limitMs`. */
export async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Whether a process runs: neither absent nor a zombie that nobody has reaped yet. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

export interface Watched<T> {
  readonly result: T;
  /** CPU time of this thread, which unlike wall-clock time does not depend on what else the machine does. */
  readonly busyMs: number;
  /** How often a 5 ms timer fired. */
  readonly ticks: number;
  /** Peak growth of this process's resident memory. */
  readonly grownBytes: number;
}

/** Watches that this thread stays free and its memory stays put while `work` runs. */
export async function whileWatched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const rssBefore = process.memoryUsage.rss();
  const cpuBefore = process.threadCpuUsage();
  let peak = rssBefore;
  let ticks = 0;
  const ticker = setInterval(() => {
    ticks++;
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  try {
    const result = await work();
    const { user, system } = process.threadCpuUsage(cpuBefore);
    return { result, busyMs: (user + system) / 1_000, ticks, grownBytes: peak - rssBefore };
  } finally {
    clearInterval(ticker);
  }
}
