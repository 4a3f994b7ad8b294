import type { DatabaseStats } from './database';

type Counters = { -readonly [Name in keyof DatabaseStats]: DatabaseStats[Name] };

export function newCounters(): Counters {
  return {
    unitsCommitted: 0,
    unitsRolledBack: 0,
    unitsTimedOut: 0,
    batches: 0,
    lastBatchSize: 0,
    unitsWaiting: 0,
    writerWaitMs: 0,
    retries: 0,
  };
}

export type { Counters };
