import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Gives those who await it their turns so often a second, at even distances from the first call on. Turns that nobody was
 * free for come at once.
 */
export function pacer(perSecond: number, pause: (ms: number) => Promise<unknown> = sleep): () => Promise<void> {
  let began: number | undefined;
  let turns = 0;
  return async () => {
    began ??= performance.now();
    const early = began + (turns++ * 1_000) / perSecond - performance.now();
    if (early > 0) await pause(early);
  };
}
