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

/** Watches that this process's event loop turns and its memory stays put while `work` runs. */
export async function whileWatched<T>(
  work: () => Promise<T>,
): Promise<{ result: T; longestStallMs: number; grownBytes: number }> {
  const before = process.memoryUsage.rss();
  let longestStallMs = 0;
  let peak = before;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longestStallMs = Math.max(longestStallMs, now - last);
    last = now;
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const ticker = setInterval(look, 5);
  try {
    const result = await work();
    look();
    return { result, longestStallMs, grownBytes: peak - before };
  } finally {
    clearInterval(ticker);
  }
}
