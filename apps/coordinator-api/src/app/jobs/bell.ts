/** Waits for one ring; always `stop()` it. */
export interface Listener {
  /** Ends at the first ring since it was made, after `ms`, or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  stop(): void;
}

/** Every topic at once. */
export const ANY_TOPIC = '*';

/**
 * Wake-ups by topic within this process. They carry nothing and may be missed by another process, so whoever waits
 * looks into the database after each, and from time to time without one.
 */
export class Bell {
  private readonly listeners = new Map<string, Set<() => void>>();

  /** @param wider rung with every ring of this one. */
  constructor(private readonly wider?: Pick<Bell, 'ring'>) {}

  ring(topic: string): void {
    this.wider?.ring(topic);
    for (const name of [topic, ANY_TOPIC]) {
      for (const hear of [...(this.listeners.get(name) ?? [])]) hear();
    }
  }

  /** Hears from now on: make it before looking, or a ring between the look and the wait is lost. */
  listen(topics: readonly string[]): Listener {
    let rung = false;
    let wake = (): void => undefined;
    const hear = (): void => {
      rung = true;
      wake();
    };
    for (const topic of topics) this.add(topic, hear);
    return {
      wait: (ms, signal) => (rung || signal.aborted ? Promise.resolve() : sleep(ms, signal, (end) => (wake = end))),
      stop: () => topics.forEach((topic) => this.remove(topic, hear)),
    };
  }

  private add(topic: string, hear: () => void): void {
    const hearers = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, hearers.add(hear));
  }

  private remove(topic: string, hear: () => void): void {
    const hearers = this.listeners.get(topic);
    hearers?.delete(hear);
    if (hearers?.size === 0) this.listeners.delete(topic);
  }
}

function sleep(ms: number, signal: AbortSignal, onWake: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    onWake(end);
  });
}
