import { inspect } from 'node:util';
import { Aggregate, type Summary } from './aggregate';

/** A part of a drill that makes a promise of its own. */
export interface Phase {
  readonly name: string;
  /** Which requests may fail meanwhile. */
  readonly tolerates: 'nothing' | 'unacknowledged writes';
}

export interface PhaseSummary extends Phase, Summary {
  /** Milliseconds since the drill began. */
  readonly beganMs: number;
  /** Of a phase that runs: until now. */
  readonly endedMs: number;
  readonly requestsPerSecond: number;
  /** Failed requests that the phase does not tolerate. */
  readonly untolerated: number;
  readonly state: 'running' | 'done' | 'threw';
  /** What it threw. */
  readonly error?: string;
}

/** A phase from its beginning on, and the requests that end in it. */
export class OpenPhase {
  readonly counted = new Aggregate();
  private endedMs: number | undefined;
  private error: string | undefined;

  /** @param elapsed milliseconds since the drill began. */
  constructor(
    readonly phase: Phase,
    private readonly beganMs: number,
    private readonly elapsed: () => number,
  ) {}

  get isOpen(): boolean {
    return this.endedMs === undefined;
  }

  /** @param error what the phase threw, if it did. */
  end(atMs: number, error?: unknown): void {
    this.endedMs = atMs;
    if (error !== undefined) this.error = error instanceof Error ? error.message : inspect(error);
  }

  summary(): PhaseSummary {
    const counted = this.counted.summary();
    const endedMs = this.endedMs ?? this.elapsed();
    const seconds = (endedMs - this.beganMs) / 1_000;
    const { name, tolerates } = this.phase;
    return {
      name,
      tolerates,
      ...counted,
      beganMs: this.beganMs,
      endedMs,
      requestsPerSecond: seconds > 0 ? counted.requests / seconds : 0,
      untolerated: counted.failedReads + (tolerates === 'nothing' ? counted.failedWrites : 0),
      state: this.isOpen ? 'running' : this.error === undefined ? 'done' : 'threw',
      ...(this.error !== undefined && { error: this.error }),
    };
  }
}
