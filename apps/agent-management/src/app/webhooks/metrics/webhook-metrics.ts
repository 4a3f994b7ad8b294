import { cached, type Database, Distribution, type MetricsSource, Tally } from '@aitbc/shared-core';
import type { AttemptOutcome } from '../dispatch/attempt';
import type { AttemptWatcher } from '../dispatch/dispatcher';
import type { LaneStore } from '../dispatch/lane.store';

/** However many collectors ask, the database counts no more often. */
const COUNT_EVERY_MS = 5_000;
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
/** Seconds: from at once to the end of a retry schedule of days. */
const LATENCY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3_600, 21_600, 86_400];

export interface WebhookMetricsDeps {
  readonly db: Pick<Database, 'readSql'>;
  readonly lanes: Pick<LaneStore, 'open'>;
  readonly now: () => number;
}

/** What this process has sent, and what there is to send. */
export class WebhookMetrics implements AttemptWatcher {
  private readonly attempts = new Tally(
    'aitbc_webhook_attempts_total',
    'Attempts to deliver to a webhook: succeeded, retrying (failed, to be tried again) or dead (failed for good).',
    ['result'],
    (['succeeded', 'retrying', 'dead'] satisfies AttemptOutcome['status'][]).map((result) => ({ result })),
  );
  private readonly durations = new Distribution({
    name: 'aitbc_webhook_attempt_duration_seconds',
    help: 'Time that the receiver of a webhook took for an attempt.',
    buckets: DURATION_BUCKETS,
  });
  private readonly latencies = new Distribution({
    name: 'aitbc_webhook_delivery_latency_seconds',
    help: 'Time from the making of a webhook delivery to its success, failed attempts included.',
    buckets: LATENCY_BUCKETS,
  });

  constructor(private readonly deps: WebhookMetricsDeps) {}

  attempted({ status }: AttemptOutcome, tookMs: number, sinceMadeMs: number): void {
    this.attempts.add({ result: status });
    this.durations.observe(tookMs / 1_000);
    if (status === 'succeeded') this.latencies.observe(Math.max(0, sinceMadeMs) / 1_000);
  }

  get sources(): readonly (MetricsSource | Distribution)[] {
    const { now } = this.deps;
    return [
      this.attempts,
      this.durations,
      this.latencies,
      {
        name: 'aitbc_webhook_deliveries_unfinished',
        help: 'Webhook deliveries that have neither succeeded nor died.',
        kind: 'gauge',
        collect: cached(() => this.unfinished(), COUNT_EVERY_MS, now),
      },
      {
        name: 'aitbc_webhook_queue_age_seconds',
        help: 'How long the oldest webhook delivery that could be sent now has been due; 0 without one.',
        kind: 'gauge',
        collect: cached(() => this.age(), COUNT_EVERY_MS, now),
      },
    ];
  }

  private async unfinished() {
    const [row] = await this.deps.db.readSql((sql) => sql.query<{ number: number | string }>(UNFINISHED_DELIVERIES));
    return [{ value: Number(row?.number ?? 0) }];
  }

  /** A lane that is being sent is due at the end of its lease, and so has no age. */
  private async age() {
    const now = this.deps.now();
    const ages = (await this.deps.lanes.open()).map(({ nextDueAt }) => now - nextDueAt);
    return [{ value: Math.max(0, ...ages) / 1_000 }];
  }
}

/** By the partial index, so that the cost follows the queue and not the history. */
export const UNFINISHED_DELIVERIES = 'SELECT count(*) AS number FROM webhook_deliveries WHERE completed_at IS NULL';
