import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const EVERY_MS = 100;

/** The first of the values that passes; asks again and again. What it saw last is in the error. */
export async function eventually<T>(read: () => Promise<T>, passes: (value: T) => boolean): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (passes(value)) return value;
    if (Date.now() > end) throw new Error(`still not there after ${PATIENCE_MS} ms: ${JSON.stringify(value)}`);
    await delay(EVERY_MS);
  }
}
