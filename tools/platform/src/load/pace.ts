import { setTimeout as sleep } from 'node:timers/promises';

/** What a client that was held up may make up for (ms): no storm of requests after a long pause. */
const MOST_BEHIND_MS = 1_000;

/** A client's pace: so many requests in a second, whatever each of them takes, as long as the answers keep up. */
export class Pace {
  private next = performance.now();
  private readonly everyMs: number;

  /** @param perSecond requests of this client in a second */
  constructor(perSecond: number) {
    this.everyMs = 1_000 / perSecond;
    // Clients that start together shall not ask together.
    this.next += Math.random() * this.everyMs;
  }

  /** Resolves when the next request is due. */
  async turn(): Promise<void> {
    const now = performance.now();
    const due = Math.max(this.next, now - MOST_BEHIND_MS);
    this.next = due + this.everyMs;
    if (due > now) await sleep(due - now);
  }
}
