import { Histogram } from 'prom-client';

export interface DistributionOptions {
  /** Prometheus name: `aitbc_…`, with the unit. */
  readonly name: string;
  /** One sentence for the reader of a dashboard. */
  readonly help: string;
  /** Names of the labels that its values have. */
  readonly labels?: readonly string[];
  /** Upper bounds, ascending. */
  readonly buckets: readonly number[];
}

/** How the values of something are spread (a histogram): features observe them, without knowing how they are published. */
export class Distribution {
  /** Belongs to no registry until it is published. */
  readonly histogram: Histogram;

  constructor({ name, help, labels = [], buckets }: DistributionOptions) {
    this.histogram = new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [] });
  }

  observe(value: number, labels: Readonly<Record<string, string>> = {}): void {
    this.histogram.observe(labels, value);
  }
}
