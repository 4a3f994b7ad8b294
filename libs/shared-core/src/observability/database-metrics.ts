import type { Database, DatabaseStats } from '../database/database';
import type { MetricsSource } from './metrics-source';

type Reading = readonly [kind: MetricsSource['kind'], help: string, read: (stats: DatabaseStats) => number];

const READINGS: Readonly<Record<string, Reading>> = {
  aitbc_db_units_committed_total: ['counter', 'Units of work committed.', (stats) => stats.unitsCommitted],
  aitbc_db_units_rolled_back_total: ['counter', 'Units of work rolled back.', (stats) => stats.unitsRolledBack],
  aitbc_db_units_timed_out_total: ['counter', 'Units that took longer than the limit.', (stats) => stats.unitsTimedOut],
  aitbc_db_batches_total: ['counter', 'Transactions of the database.', (stats) => stats.batches],
  aitbc_db_retries_total: ['counter', 'Refused locks (SQLite) or repeated units.', (stats) => stats.retries],
  aitbc_db_writer_wait_seconds_total: [
    'counter',
    'Time spent waiting for the write lock or before a retry.',
    (stats) => stats.writerWaitMs / 1_000,
  ],
  aitbc_db_units_waiting: ['gauge', 'Units that wait for their turn (SQLite) or run.', (stats) => stats.unitsWaiting],
  aitbc_db_last_batch_size: ['gauge', 'Units committed by the latest transaction.', (stats) => stats.lastBatchSize],
};

/** The counters of the database's write side. */
export function databaseMetrics(db: Pick<Database, 'stats'>): MetricsSource[] {
  return Object.entries(READINGS).map(([name, [kind, help, read]]) => ({
    ...{ name, kind, help },
    collect: () => [{ value: read(db.stats()) }],
  }));
}
