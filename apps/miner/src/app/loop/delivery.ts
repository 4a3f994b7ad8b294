import { backoffDelay, type BackoffOptions, type Logger, pause } from '@aitbc/shared-core';
import { CoordinatorRefusal } from '../coordinator/coordinator-client';
import { MinerRefused, type MinerSession } from '../coordinator/miner-session';
import type { Lease } from './lease';

const SESSION_LOST = [401];

/** Brings what a miner has to say of a job to the coordinator, however often it must try. */
export class Delivery {
  constructor(
    private readonly session: MinerSession,
    private readonly backoff: BackoffOptions,
    private readonly log: Logger,
  ) {}

  /**
   * Tries until the coordinator has it, refuses it for good (then gives the refusal), or the lease is surely lost.
   * @throws MinerRefused; the signal's reason when it is aborted.
   */
  async deliver(
    send: (token: string) => Promise<void>,
    lease: Lease,
    signal: AbortSignal,
  ): Promise<CoordinatorRefusal | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.session.use(send, SESSION_LOST, signal);
        return undefined;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof MinerRefused) throw error;
        const refusal = error instanceof CoordinatorRefusal ? error : undefined;
        if (refusal && isFinal(refusal)) return refusal;
        if (lease.isSurelyLost) {
          this.log.warn('gave up reporting: the lease is lost', { error });
          return undefined;
        }
        const waitMs = Math.max(refusal?.retryAfterMs ?? 0, backoffDelay(attempt, this.backoff));
        this.log.warn('the report did not get through yet', { error, next_try_ms: waitMs });
        await pause(waitMs, signal);
      }
    }
  }
}

/** After a lost session the same is sent with the next one. */
function isFinal(refusal: CoordinatorRefusal): boolean {
  return !refusal.isTransient && !SESSION_LOST.includes(refusal.status);
}
