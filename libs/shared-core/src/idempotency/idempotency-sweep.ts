import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../logging/logger';
import type { IdempotencyRecords } from './idempotency-records';

const INTERVAL_MS = 60_000;
/** Rows of one unit: few enough that nobody else waits long for the writer. */
const BATCH = 500;

/**
 * Deletes expired records once a minute. Any number of processes may run it; start it only where `SWEEPS` is on. It
 * frees space only: an expired record is not believed, deleted or not.
 */
export class IdempotencySweep {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly records: Pick<IdempotencyRecords, 'deleteExpired'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running ??= this.run(this.stopping.signal);
  }

  /** Ends after the batch that is under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.round(signal);
      await delay(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async round(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted && (await this.records.deleteExpired(BATCH)) === BATCH);
    } catch (error) {
      this.logger.error('expired idempotency records were not deleted', { event: 'idempotency_sweep_failed', error });
    }
  }
}
