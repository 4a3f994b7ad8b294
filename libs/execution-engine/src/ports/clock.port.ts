/** Time and chance, so that a test or a simulation can decide both. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `work` once after `delayMs`; gives a function that calls it off. */
  after(delayMs: number, work: () => void): () => void;
  /** A number from [0, 1). */
  random(): number;
}

/** A timer longer than this fires at once in Node, so longer ones are cut: whoever wakes early looks again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, work) => {
    const timer = setTimeout(work, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
