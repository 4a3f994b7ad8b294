import { setTimeout as sleep } from 'node:timers/promises';

/** For a machine that is busy with something else. */
const TIMEOUT_MS = 20_000;

/** Waits until `condition` holds. @throws Error naming it when it does not within 20 s. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${TIMEOUT_MS} ms: ${what}`);
    await sleep(10);
  }
}
