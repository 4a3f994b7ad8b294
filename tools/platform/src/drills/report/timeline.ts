import { Aggregate, type EndedRequest, type RequestKind, type Summary } from './aggregate';
import { Columns, type Series } from './columns';
import { OpenPhase, type Phase, type PhaseSummary } from './phase';

/** Something that the drill did. */
export interface DrillEvent {
  /** Milliseconds since the drill began. */
  readonly atMs: number;
  readonly name: string;
}

export interface FailedRequest {
  /** Milliseconds since the drill began. */
  readonly atMs: number;
  /** The innermost phase that it ended in, empty outside of all. */
  readonly phase: string;
  readonly kind: RequestKind;
  /** What was asked, and why it failed. */
  readonly reason: string;
}

/** Is told of phases while the drill runs. */
export interface PhaseWatcher {
  began(phase: OpenPhase): void;
  ended(phase: OpenPhase): void;
}

/** The first ones say what went wrong; a service that is gone fails thousands alike. */
const KEPT_FAILURES = 1_000;

/**
 * What happens in a drill, by time since its beginning. Keeps counts and histograms and no single request but the first
 * that failed, so that its size depends neither on the load nor on how long it lasts.
 */
export class Timeline {
  /** When it was made, for people. */
  readonly startedAt = new Date();
  readonly events: DrillEvent[] = [];
  /** The first failed requests. */
  readonly failures: FailedRequest[] = [];

  private readonly began: number;
  /** Milliseconds at which the last thing happened. */
  private lastMs = 0;
  private readonly all = new Aggregate();
  private readonly columns = new Columns();
  private readonly known: OpenPhase[] = [];
  private readonly watchers: PhaseWatcher[] = [];

  /** @param now milliseconds that only grow. */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.began = now();
  }

  watch(watcher: PhaseWatcher): void {
    this.watchers.push(watcher);
  }

  /** One request that ended just now. It belongs to every phase that is open. */
  request(ended: EndedRequest): void {
    const atMs = this.advance();
    const open = this.open();
    this.all.add(ended);
    this.columns.at(atMs).add(ended);
    for (const phase of open) phase.counted.add(ended);
    const { failure: reason, kind } = ended;
    if (reason === undefined || this.failures.length >= KEPT_FAILURES) return;
    this.failures.push({ atMs, phase: open.at(-1)?.phase.name ?? '', kind, reason });
  }

  event(name: string): void {
    this.events.push({ atMs: this.advance(), name });
  }

  /** Runs the work as a phase of the drill. Phases may contain others. */
  async span<T>(phase: Phase, work: () => Promise<T>): Promise<T> {
    const open = new OpenPhase(phase, this.advance(), () => this.elapsed());
    this.known.push(open);
    for (const watcher of this.watchers) watcher.began(open);
    let error: unknown;
    try {
      return await work();
    } catch (thrown) {
      error = thrown ?? new Error('for no reason');
      throw thrown;
    } finally {
      open.end(this.advance(), error);
      for (const watcher of this.watchers) watcher.ended(open);
    }
  }

  /** In the order in which they began; those that still run are there too. */
  phases(): PhaseSummary[] {
    return this.known.map((phase) => phase.summary());
  }

  /** All requests, in phases or not. */
  total(): Summary {
    return this.all.summary();
  }

  /** Everything until the last request, event or phase, in 300 columns at most. */
  series(): Series {
    return this.columns.series(this.lastMs);
  }

  private open(): OpenPhase[] {
    return this.known.filter((phase) => phase.isOpen);
  }

  private elapsed(): number {
    return this.now() - this.began;
  }

  private advance(): number {
    this.lastMs = this.elapsed();
    return this.lastMs;
  }
}
