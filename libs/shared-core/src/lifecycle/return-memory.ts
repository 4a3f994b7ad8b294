import { Session } from 'node:inspector/promises';
import { performance } from 'node:perf_hooks';
import type { Logger } from '../logging/logger';
import { RepeatedWork } from './repeated-work';

/** Between two looks at whether the process is idle. */
const LOOK_MS = 1_000;
/** The event loop is at most so busy in that time. */
const IDLE_SHARE = 0.05;
/** Less is not worth a tenth of a second. */
const WORTH_BYTES = 32 * 2 ** 20;

/**
 * Collects garbage and gives the pages back to the system, about 0.1 s in which nothing else runs. Call it between boot
 * and the first request: reading the code and mapping the entities leave some 30 MiB behind, which V8 keeps while the
 * process is idle. The inspector's command is the only one that needs no flag at the start of Node.
 */
export async function returnUnusedMemory(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}

/**
 * Does so whenever the process comes to rest after work that made its heap grow: V8 collects when it wants to allocate,
 * so one that has nothing more to do keeps a peak's garbage for good (200 MiB after 10,000 starts). Begin after
 * {@link returnUnusedMemory}.
 */
export function returnMemoryWhenIdle(logger: Logger, heapBytes = () => process.memoryUsage().heapTotal): RepeatedWork {
  let kept = heapBytes();
  let before = performance.eventLoopUtilization();
  const look = async (): Promise<void> => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    kept = Math.min(kept, heapBytes());
    if (utilization > IDLE_SHARE || heapBytes() - kept < WORTH_BYTES) return;
    await returnUnusedMemory();
    kept = heapBytes();
  };
  return new RepeatedWork(look, {
    intervalMs: LOOK_MS,
    onFailure: (error) => logger.warn('unused memory could not be given back', { error }),
  });
}
