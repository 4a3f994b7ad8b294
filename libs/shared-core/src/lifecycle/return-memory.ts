import { Session } from 'node:inspector/promises';

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
