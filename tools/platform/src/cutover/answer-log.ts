import type { LoadRecord } from '../load/tally';

/** When who has answered, on the clock of `performance.now()`. */
export class AnswerLog implements LoadRecord {
  private readonly lastBy = new Map<string, number>();
  private readonly answers: { readonly at: number; readonly tookMs: number }[] = [];

  answer(server: string, tookMs: number): void {
    const at = performance.now();
    this.lastBy.set(server, at);
    this.answers.push({ at, tookMs });
  }

  fail(): void {
    // Who sent it throws.
  }

  /** Of that server's last answer; -∞ when there is none. */
  last(server: string): number {
    return this.lastBy.get(server) ?? -Infinity;
  }

  /** How long the answers since then took (ms). */
  timesSince(began: number): number[] {
    return this.answers.filter(({ at }) => at >= began).map(({ tookMs }) => tookMs);
  }
}
