import { Bell } from './bell';

/** How long a caller is willing to wait; aborted when it goes away or the server drains. */
export interface Patience {
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** How often to look without being woken; default 1 s. */
  readonly lookAgainMs?: number;
}

/** Other processes' commits ring no bell here. */
const LOOK_AGAIN_MS = 1_000;

/** Looks until there is something, woken by the bell's topics; `undefined` when the patience is over. */
export async function longPoll<T>(
  look: () => Promise<T | undefined>,
  bell: Bell,
  topics: readonly string[],
  patience: Patience,
): Promise<T | undefined> {
  const deadline = performance.now() + patience.seconds * 1_000;
  for (;;) {
    const listener = bell.listen(topics);
    try {
      const found = await look();
      const left = deadline - performance.now();
      if (found !== undefined || left <= 0 || patience.signal.aborted) return found;
      await listener.wait(Math.min(left, patience.lookAgainMs ?? LOOK_AGAIN_MS), patience.signal);
    } finally {
      listener.stop();
    }
  }
}
