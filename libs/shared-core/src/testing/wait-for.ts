import { setTimeout as delay } from 'node:timers/promises';

export interface WaitForOptions {
  /** 20,000 by default: for a machine that is busy with something else. */
  readonly timeoutMs?: number;
  /** Pause between two looks; 10 by default. */
  readonly everyMs?: number;
}

/** Resolves with the first truthy answer of `condition`; rejects when none comes in time, or when it throws. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitForOptions = {},
): Promise<NonNullable<T>> {
  const { timeoutMs = 20_000, everyMs = 10 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() >= deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${condition.toString()}`);
    await delay(everyMs);
  }
}
