import { setTimeout as sleep } from 'node:timers/promises';

const TIMEOUT_MS = 10_000;

/** Waits until `condition` holds. @throws Error naming it when it does not within 10 s. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${TIMEOUT_MS} ms: ${what}`);
    await sleep(10);
  }
}
