import { setTimeout as delay } from 'node:timers/promises';

const WRITING_MS = 20;
const PAUSE_MS = 3;

/**
 * Leaves the write lock alone for at least 3 ms after each 20 ms of holding it. SQLite has no queue for its lock: a
 * writer that takes it again at once starves every other process, whose tries (each 1–2 ms) never meet a free moment.
 */
export class LockFairness {
  private heldMs = 0;
  private releasedAt = 0;

  /** Resolves when the lock may be taken. */
  async beforeTaking(): Promise<void> {
    const free = performance.now() - this.releasedAt;
    if (free < PAUSE_MS && this.heldMs >= WRITING_MS) await delay(PAUSE_MS);
    if (free >= PAUSE_MS || this.heldMs >= WRITING_MS) this.heldMs = 0;
  }

  released(heldMs: number): void {
    this.heldMs += heldMs;
    this.releasedAt = performance.now();
  }
}
