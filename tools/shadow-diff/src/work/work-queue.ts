import { setTimeout as delay } from 'node:timers/promises';

export interface WorkQueueOptions {
  /** Most items that wait. */
  readonly limit: number;
  /** Most items that are worked on at once. */
  readonly concurrency: number;
}

/** Does the same work for items that come faster than they are done; what does not fit is refused. */
export class WorkQueue<T> {
  private readonly waiting: T[] = [];
  private running = 0;
  private closed = false;
  private idle: (() => void) | undefined;

  /** @param work never rejects */
  constructor(
    private readonly work: (item: T) => Promise<void>,
    private readonly options: WorkQueueOptions,
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  /** False: there is no room. */
  offer(item: T): boolean {
    if (this.closed || this.waiting.length >= this.options.limit) return false;
    this.waiting.push(item);
    this.startNext();
    return true;
  }

  /**
   * Takes nothing more, and does what waits for as long as it may.
   * @returns how many items were left undone
   */
  async finish(timeoutMs: number): Promise<number> {
    this.closed = true;
    const done = new Promise<void>((resolve) => (this.idle = resolve));
    this.tellWhenIdle();
    const timer = new AbortController();
    const late = delay(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([done, late]);
    timer.abort();
    const left = this.waiting.length + this.running;
    this.waiting.length = 0;
    return left;
  }

  private startNext(): void {
    if (this.running >= this.options.concurrency) return;
    const item = this.waiting.shift();
    if (item === undefined) return;
    this.running += 1;
    void this.work(item).finally(() => {
      this.running -= 1;
      this.startNext();
      this.tellWhenIdle();
    });
  }

  private tellWhenIdle(): void {
    if (this.running === 0 && this.waiting.length === 0) this.idle?.();
  }
}
