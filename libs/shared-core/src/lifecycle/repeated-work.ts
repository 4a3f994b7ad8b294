import { setTimeout as delay } from 'node:timers/promises';

export interface RepeatedWorkOptions {
  /** From the end of one round to the start of the next (ms). */
  readonly intervalMs: number;
  /** Told of what a round throws; the next round comes all the same. */
  readonly onFailure: (error: unknown) => void;
}

/** Does a round of work again and again in the background; it keeps no process alive. */
export class RepeatedWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  /** @param round ends soon after the signal fires */
  constructor(
    private readonly round: (signal: AbortSignal) => Promise<void>,
    private readonly options: RepeatedWorkOptions,
  ) {}

  /** A second call does nothing. */
  start(): void {
    this.running ??= this.run(this.stopping.signal);
  }

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.round(signal).catch(this.options.onFailure);
      await idle(this.options.intervalMs, signal);
    }
  }
}

/** Resolves after the time, or at once when the signal fires; it keeps no process alive. */
export function idle(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
