/** A clock for one sleeper. An alarm that comes while nobody sleeps ends the next sleep at once, so that none is missed. */
export class Alarm {
  private rung = false;
  private wake: () => void = () => undefined;

  ring(): void {
    this.rung = true;
    this.wake();
  }

  /** Until it rings, `ms` have passed, or the signal fires; it keeps no process alive. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) await this.wait(ms, signal);
    this.rung = false;
  }

  private wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      timer.unref();
      signal.addEventListener('abort', end);
      this.wake = end;
    });
  }
}
