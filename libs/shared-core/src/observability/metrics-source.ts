/** One value of a metric. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that is read when somebody asks: features offer such, without knowing how metrics are published. */
export interface MetricsSource {
  /** Prometheus name: `aitbc_…`, with the unit; counters end in `_total`. */
  readonly name: string;
  /** One sentence for the reader of a dashboard. */
  readonly help: string;
  /** `counter` only grows while the process lives, `gauge` goes up and down. */
  readonly kind: 'counter' | 'gauge';
  /** Names of the labels that its samples have. */
  readonly labels?: readonly string[];
  /** What it is now. A rejection leaves the metric out of this answer. */
  collect(): readonly Sample[] | Promise<readonly Sample[]>;
}

/**
 * Asks at most once in `forMs`: what costs a query must not cost one for each of several collectors. A failed answer is
 * not kept.
 */
export function cached<T>(collect: () => Promise<T>, forMs: number, now: () => number = Date.now): () => Promise<T> {
  let kept: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (kept && now() - kept.at < forMs) return kept.answer;
    const answer = collect();
    const entry = { at: now(), answer };
    kept = entry;
    answer.catch(() => {
      if (kept === entry) kept = undefined;
    });
    return answer;
  };
}
