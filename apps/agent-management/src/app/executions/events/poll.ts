/** Looks for something again and again, one look at a time: a slow database must not be asked while it still answers. */
export class Poll {
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  private wanted = false;
  private closed = false;

  constructor(
    private readonly look: () => Promise<void>,
    private readonly everyMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The first look comes after one interval. Does nothing while it runs. */
  start(): void {
    this.wanted = true;
    this.schedule();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Stops for good. */
  close(): void {
    this.closed = true;
    this.stop();
  }

  private schedule(): void {
    if (!this.wanted || this.closed || this.running || this.timer) return;
    this.timer = setTimeout(() => void this.run(), this.everyMs);
    this.timer.unref();
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.running = true;
    try {
      await this.look();
    } catch (error) {
      this.onError(error);
    } finally {
      this.running = false;
      this.schedule();
    }
  }
}
