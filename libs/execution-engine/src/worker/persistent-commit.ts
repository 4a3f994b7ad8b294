import type { Logger } from '@aitbc/shared-core';
import type { Clock } from '../ports/clock.port';
import type { ExecutionCommit, ExecutionStore } from '../ports/store.port';

export interface PersistenceOptions {
  readonly store: Pick<ExecutionStore, 'commit' | 'load'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long to go on trying, in milliseconds: less than a lease, which would be taken over meanwhile. */
  readonly patienceMs: number;
  /** The lease is known to be lost: no further try makes sense. */
  readonly isLost: () => boolean;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Commits, and tries again when the store fails (a busy or restarted database, a connection that broke): given up at
 * once, the execution would stand still until its lease runs out, and what its steps have done would be done again.
 * A failure does not say whether the commit was written before it: if a later try is refused, the stored state tells.
 * @throws what the store threw last, when it has failed for too long
 */
export async function commitPersistently(
  commit: ExecutionCommit,
  options: PersistenceOptions,
): Promise<'committed' | 'lost'> {
  const { store, clock, logger, patienceMs, isLost } = options;
  const giveUpAt = clock.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    try {
      const outcome = await store.commit(commit);
      const doubtful = outcome === 'lost' && tries > 1;
      return doubtful && (await wasWritten(commit, store)) ? 'committed' : outcome;
    } catch (error) {
      if (isLost()) return 'lost';
      if (clock.now() >= giveUpAt) throw error;
      logger.warn('a commit failed; it is tried again', { error, tries });
      await pause(clock, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)));
    }
  }
}

/** Only the holder of this epoch writes with it, so this epoch with this sequence number is this very commit. */
async function wasWritten({ state }: ExecutionCommit, store: Pick<ExecutionStore, 'load'>): Promise<boolean> {
  const stored = await store.load(state.id);
  return stored?.leaseEpoch === state.leaseEpoch && stored.eventSeq === state.eventSeq;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
