import { idle, type Logger, RepeatedWork } from '@aitbc/shared-core';
import type { WebhookRetentionStore } from './webhook-retention.store';

const DAY_MS = 86_400_000;
/** Rows of one unit: few enough that nobody else waits long for the writer. */
const ROWS_OF_A_UNIT = 200;

export interface WebhookRetentionOptions {
  /** Days after its end at which a delivery goes. */
  readonly days: number;
  readonly now: () => number;
  /** Between two rounds (ms). */
  readonly intervalMs?: number;
  /** Between two units (ms), in which the writer is free for others. */
  readonly pauseMs?: number;
}

/**
 * Deletes finished deliveries when their time is over, what was never sent to webhooks that have been off for as long, and
 * removed webhooks with all that they have. Start it only where `SWEEPS` is on.
 */
export class WebhookRetention extends RepeatedWork {
  constructor(store: WebhookRetentionStore, logger: Logger, options: WebhookRetentionOptions) {
    const { intervalMs = 60_000 } = options;
    super((signal) => round(store, options, signal), {
      intervalMs,
      onFailure: (error) =>
        logger.error('webhook deliveries were not deleted; it is tried again', {
          event: 'webhook_retention_failed',
          error,
        }),
    });
  }
}

async function round(
  store: WebhookRetentionStore,
  { days, now, pauseMs = 25 }: WebhookRetentionOptions,
  signal: AbortSignal,
): Promise<void> {
  const before = now() - days * DAY_MS;
  const all = async (remove: () => Promise<number>): Promise<void> => {
    while (!signal.aborted && (await remove()) === ROWS_OF_A_UNIT) await idle(pauseMs, signal);
  };
  await all(() => store.removeFinished(before, ROWS_OF_A_UNIT));
  for (const { id, removed } of await store.abandoned(before)) {
    await all(() =>
      removed ? store.removeDeliveries(id, ROWS_OF_A_UNIT) : store.removeUnfinished(id, ROWS_OF_A_UNIT),
    );
    await all(() => store.removeLanes(id, ROWS_OF_A_UNIT));
    if (removed && !signal.aborted) await store.removeWebhook(id);
  }
}
