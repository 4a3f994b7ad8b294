import type { MetricsSource, Sample } from './metrics-source';

type Labels = Readonly<Record<string, string>>;

/** Counts things by their labels while the process lives. */
export class Tally implements MetricsSource {
  readonly kind = 'counter';
  private readonly counts = new Map<string, { readonly labels: Labels; value: number }>();

  /**
   * @param labels names of the labels that its counts have; keep their values few
   * @param known labels that are counted from 0: of one that is first seen as 1, Prometheus sees no increase. Without names
   *   of labels there is one count, which is known
   */
  constructor(
    readonly name: string,
    readonly help: string,
    readonly labels: readonly string[],
    known: readonly Labels[] = labels.length === 0 ? [{}] : [],
  ) {
    for (const each of known) this.add(each, 0);
  }

  add(labels: Labels, by = 1): void {
    const key = this.labels.map((name) => labels[name]).join('\0');
    const count = this.counts.get(key);
    if (count) count.value += by;
    else this.counts.set(key, { labels, value: by });
  }

  collect(): Sample[] {
    return [...this.counts.values()].map(({ labels, value }) => ({ labels, value }));
  }
}
