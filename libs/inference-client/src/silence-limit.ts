/** Aborts its signal when nothing was heard for a while. `end` it, or it keeps the process alive that long. */
export class SilenceLimit {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.timer = setTimeout(() => this.controller.abort(new Error(`it was silent for ${ms} ms`)), ms);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  readonly heard = (): void => {
    this.timer.refresh();
  };

  end(): void {
    clearTimeout(this.timer);
  }
}
