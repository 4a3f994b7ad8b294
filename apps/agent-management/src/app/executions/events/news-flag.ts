/** Says whether there has been news since somebody looked. */
export class NewsFlag {
  private up = false;
  private onRaised: (() => void) | undefined;

  raise(): void {
    this.up = true;
    this.onRaised?.();
  }

  /** To be called before looking: news that comes while one looks must not be taken for what was seen. */
  lower(): void {
    this.up = false;
  }

  /** Resolves with true when it is up; with false after `ms`, or when the signal fires. */
  raised(ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.up || signal.aborted) return Promise.resolve(this.up);
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.onRaised = undefined;
        resolve(this.up);
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.onRaised = end;
    });
  }
}
