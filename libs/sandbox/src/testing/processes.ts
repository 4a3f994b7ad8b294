import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Resolves when the condition holds; fails after `limitMs`. */
export async function until(condition: () => boolean, limitMs = 20_000): Promise<void> {
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

/** The limit of what is to succeed: nothing is stopped for the time that a busy machine gives to others. */
export const PATIENT = { timeoutMs: 60_000 };

export interface Watched<T> {
  readonly result: T;
  /** CPU time of this thread, which unlike wall-clock time does not depend on what else the machine does. */
  readonly busyMs: number;
  /** How often a 5 ms timer fired. */
  readonly ticks: number;
  /** How often a thread that does nothing else could wait for 5 ms meanwhile: when the machine stands still, it cannot. */
  readonly steps: number;
  /** Peak growth of this process's resident memory. */
  readonly grownBytes: number;
}

/** Watches that this thread stays free and its memory stays put while `work` runs. */
export async function whileWatched<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const pacer = await startPacer();
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
    const steps = pacer.steps();
    return { result, busyMs: (user + system) / 1_000, ticks, steps, grownBytes: peak - rssBefore };
  } finally {
    clearInterval(ticker);
    await pacer.stop();
  }
}

const PACER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const never = new Int32Array(new SharedArrayBuffer(4));
  parentPort.postMessage('paces');
  for (;;) {
    Atomics.wait(never, 0, 0, 5);
    Atomics.add(workerData, 0, 1);
  }
`;

async function startPacer() {
  const count = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(PACER, { eval: true, workerData: count });
  await once(thread, 'message');
  Atomics.store(count, 0, 0);
  return { steps: () => Atomics.load(count, 0), stop: () => thread.terminate() };
}
