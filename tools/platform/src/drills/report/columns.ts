import { Aggregate, type Summary } from './aggregate';

/** The requests that ended in a part of the drill. */
export interface Column extends Summary {
  /** Milliseconds since the drill began. */
  readonly startMs: number;
  readonly endMs: number;
  readonly requestsPerSecond: number;
}

/** A drill in parts of the same length; the last one ends with the drill. */
export interface Series {
  /** Milliseconds of each part. */
  readonly columnMs: number;
  readonly endMs: number;
  readonly columns: readonly Column[];
}

const FIRST_WIDTH_MS = 50;
const MOST_COLUMNS = 300;

/**
 * Aggregates by time. When there would be more than 300, each two become one of twice the width: a drill of any length
 * from 7.5 s on has 150 to 300 of them, and they are never more.
 */
export class Columns {
  private widthMs = FIRST_WIDTH_MS;
  private filled: (Aggregate | undefined)[] = [];

  /** The aggregate of that time, in milliseconds since the drill began. */
  at(ms: number): Aggregate {
    while (ms >= this.widthMs * MOST_COLUMNS) this.fold();
    return (this.filled[Math.floor(ms / this.widthMs)] ??= new Aggregate());
  }

  /** @param endMs when the drill ended: not before the last request. */
  series(endMs: number): Series {
    while (endMs > this.widthMs * MOST_COLUMNS) this.fold();
    const count = Math.max(Math.ceil(endMs / this.widthMs), this.filled.length);
    const columns = Array.from({ length: count }, (_, index) => this.column(index, endMs));
    return { columnMs: this.widthMs, endMs, columns };
  }

  private column(index: number, drillEndMs: number): Column {
    const startMs = index * this.widthMs;
    const endMs = Math.min(startMs + this.widthMs, drillEndMs);
    const summary = (this.filled[index] ?? new Aggregate()).summary();
    // The last column may be a sliver, of which a single request would make a great rate.
    const rateMs = Math.max(endMs - startMs, this.widthMs / 2);
    return { startMs, endMs, ...summary, requestsPerSecond: (summary.requests * 1_000) / rateMs };
  }

  private fold(): void {
    const halves = this.filled;
    this.filled = Array.from({ length: Math.ceil(halves.length / 2) }, (_, index) =>
      merged(halves[2 * index], halves[2 * index + 1]),
    );
    this.widthMs *= 2;
  }
}

function merged(first: Aggregate | undefined, second: Aggregate | undefined): Aggregate | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  first.addAll(second);
  return first;
}
