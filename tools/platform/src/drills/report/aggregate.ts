import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

export type RequestKind = 'read' | 'write';

/** A request of which the answer, or the lack of one, is known. */
export interface EndedRequest {
  /** Who answered; empty when nobody did, or when the answer does not say. */
  readonly server: string;
  readonly kind: RequestKind;
  /** Milliseconds from the question to its end. */
  readonly ms: number;
  /** What was asked and why it failed, when it did: `POST /x: 502 …`. */
  readonly failure?: string;
}

/** What is known of some requests, failed ones included. */
export interface Summary {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  readonly failedReads: number;
  readonly failedWrites: number;
  /** Requests by who answered. */
  readonly byServer: Readonly<Record<string, number>>;
  /** Milliseconds; at most 1 % too long, never too short by more than a microsecond. 0 without requests. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds, exactly. */
  readonly longest: number;
}

/** Longer times count as this long in percentiles. */
const LONGEST_US = 600_000_000;
/** Values are told apart to two digits: by 1 % or finer. */
const HISTOGRAM = { lowest: 1, highest: LONGEST_US, figures: 2 } as const;

/** Counts requests; its size does not depend on how many there are. */
export class Aggregate {
  private readonly ended = { read: 0, write: 0 };
  private readonly failed = { read: 0, write: 0 };
  private readonly byServer = new Map<string, number>();
  private longest = 0;
  /** Microseconds. */
  private readonly times: RecordableHistogram = createHistogram(HISTOGRAM);

  add({ server, kind, ms, failure }: EndedRequest): void {
    this.ended[kind] += 1;
    if (failure !== undefined) this.failed[kind] += 1;
    this.count(server, 1);
    this.longest = Math.max(this.longest, ms);
    this.times.record(Math.min(Math.max(Math.round(ms * 1_000), 1), LONGEST_US));
  }

  addAll(other: Aggregate): void {
    for (const kind of ['read', 'write'] as const) {
      this.ended[kind] += other.ended[kind];
      this.failed[kind] += other.failed[kind];
    }
    for (const [server, requests] of other.byServer) this.count(server, requests);
    this.longest = Math.max(this.longest, other.longest);
    this.times.add(other.times);
  }

  summary(): Summary {
    return {
      requests: this.ended.read + this.ended.write,
      reads: this.ended.read,
      writes: this.ended.write,
      failedReads: this.failed.read,
      failedWrites: this.failed.write,
      byServer: Object.fromEntries(this.byServer),
      p50: this.percentile(50),
      p99: this.percentile(99),
      longest: this.longest,
    };
  }

  private count(server: string, requests: number): void {
    this.byServer.set(server, (this.byServer.get(server) ?? 0) + requests);
  }

  /** The histogram gives the upper end of a bucket, which may be above everything that is in it. */
  private percentile(percent: number): number {
    return Math.min(this.times.percentile(percent) / 1_000, this.longest);
  }
}
