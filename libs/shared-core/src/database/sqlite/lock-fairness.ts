import { setTimeout as delay } from 'node:timers/promises';

const WRITING_MS = 20;
/** While nobody else was met for a while. */
const WRITING_ALONE_MS = 200;
const ALONE_AFTER_MS = 10_000;
const PAUSE_MS = 3;

/**
 * Leaves the write lock alone for at least 3 ms after each 20 ms of holding it. SQLite has no queue for its lock: a
 * writer that takes it again at once starves every other process, whose tries (each 1–2 ms) never meet a free moment.
 * Who has met no other writer for ten seconds pauses after each 200 ms: that is how long the first try of another may
 * take, and it makes itself felt by holding the lock when it is wanted here.
 */
export class LockFairness {
  private heldMs = 0;
  private releasedAt = 0;
  private metOtherAt = -Infinity;

  /** Resolves when the lock may be taken. */
  async beforeTaking(): Promise<void> {
    const free = performance.now() - this.releasedAt;
    const isDue = this.heldMs >= this.writingMs();
    if (free < PAUSE_MS && isDue) await delay(PAUSE_MS);
    if (free >= PAUSE_MS || isDue) this.heldMs = 0;
  }

  released(heldMs: number): void {
    this.heldMs += heldMs;
    this.releasedAt = performance.now();
  }

  /** The lock was not to be had. */
  metOther(): void {
    this.metOtherAt = performance.now();
  }

  private writingMs(): number {
    return performance.now() - this.metOtherAt < ALONE_AFTER_MS ? WRITING_MS : WRITING_ALONE_MS;
  }
}
