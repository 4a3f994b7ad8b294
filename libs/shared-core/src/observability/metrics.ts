import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { knownMethod, routeOf } from '../http/request-facts';
import type { Logger } from '../logging/logger';
import { Distribution } from './distribution';
import type { MetricsSource } from './metrics-source';

/** Seconds: from a cached read to a long poll. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * What the process tells Prometheus: CPU, memory, garbage collection, event-loop lag, the durations of requests, and
 * whatever its parts offer as {@link MetricsSource} or {@link Distribution}.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly durations: Histogram;

  constructor(
    sources: readonly (MetricsSource | Distribution)[],
    private readonly logger: Logger,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'aitbc_http_request_duration_seconds',
      help: 'Time from the request to the end of its response, by method, route pattern and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: DURATION_BUCKETS,
      registers: [this.registry],
    });
    for (const source of sources) {
      if (source instanceof Distribution) this.registry.registerMetric(source.histogram);
      else this.add(source);
    }
  }

  /** Content type and text of `GET /metrics`. */
  async render(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }

  /** Measures each request that passes. Routes count by their pattern, so that ids make no series of their own. */
  readonly measure: RequestHandler = (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      // A client that left has got no status; nginx's number says so.
      const status = res.writableFinished ? String(res.statusCode) : '499';
      const method = knownMethod(req) ?? 'other';
      this.durations.observe({ method, route: routeOf(req), status }, (performance.now() - startedAt) / 1_000);
    });
    next();
  };

  private add(source: MetricsSource): void {
    const { name, help, kind, labels = [] } = source;
    const Metric = kind === 'gauge' ? Gauge : Counter;
    const metric: Gauge | Counter = new Metric({
      ...{ name, help, labelNames: [...labels], registers: [this.registry] },
      collect: () => this.read(source, metric),
    });
  }

  /** A source that fails (the database is away) leaves its own metric out, not all the others. */
  private async read(source: MetricsSource, metric: Gauge | Counter): Promise<void> {
    // The samples first: two readers at once must not both add theirs after both had reset.
    const samples = await Promise.resolve()
      .then(() => source.collect())
      .catch((error: unknown) => {
        this.logger.warn(`the metric ${source.name} could not be read`, { event: 'metric_failed', error });
        return [];
      });
    metric.reset();
    for (const { labels = {}, value } of samples) metric.inc(labels, value);
    // A metric without labels is 0 after its reset, which would be a lie.
    if (samples.length === 0) metric.remove({});
  }
}
