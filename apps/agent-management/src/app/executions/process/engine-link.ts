import { type Clock, LocalWakeUps, systemClock, type WakeUps } from '@aitbc/execution-engine';
import type { Database, Logger } from '@aitbc/shared-core';
import { DatabaseClock } from './database-clock';
import { SharedWakeUps } from './shared-wake-ups';

/** What the processes that run or start executions on one database share: a time, and a way to wake each other. */
export interface EngineLink {
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  close(): Promise<void>;
}

const CHANNEL = 'aitbc_wake_ups';

/**
 * On PostgreSQL the time is the database's, and wake-ups go to every process. On SQLite all processes share a machine and
 * its clock, and hear of each other's work when they look.
 *
 * @param source the machine's own time, for tests
 */
export async function openEngineLink(db: Database, logger: Logger, source?: () => number): Promise<EngineLink> {
  if (db.engine === 'sqlite')
    return { clock: systemClock, wakeUps: new LocalWakeUps(), close: () => Promise.resolve() };
  const clock = await DatabaseClock.open(db, logger, source);
  const wakeUps = new SharedWakeUps((listener) => {
    const channel = db.openChannel(CHANNEL, listener);
    if (!channel) throw new Error(`${db.engine} carries no wake-ups`);
    return channel;
  }, logger);
  return {
    clock,
    wakeUps,
    async close() {
      clock.stop();
      await wakeUps.close();
    },
  };
}
