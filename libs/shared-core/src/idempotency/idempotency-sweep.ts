import { RepeatedWork } from '../lifecycle/repeated-work';
import type { Logger } from '../logging/logger';
import type { IdempotencyRecords } from './idempotency-records';

const INTERVAL_MS = 60_000;
/** Rows of one unit: few enough that nobody else waits long for the writer. */
const BATCH = 500;

/**
 * Deletes expired records once a minute. Any number of processes may run it; start it only where `SWEEPS` is on. It
 * frees space only: an expired record is not believed, deleted or not.
 */
export class IdempotencySweep extends RepeatedWork {
  constructor(records: Pick<IdempotencyRecords, 'deleteExpired'>, logger: Logger) {
    super(
      async (signal) => {
        while (!signal.aborted && (await records.deleteExpired(BATCH)) === BATCH);
      },
      {
        intervalMs: INTERVAL_MS,
        onFailure: (error) =>
          logger.error('expired idempotency records were not deleted', { event: 'idempotency_sweep_failed', error }),
      },
    );
  }
}
