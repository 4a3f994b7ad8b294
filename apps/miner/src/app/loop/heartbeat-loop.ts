import { type Logger, pause } from '@aitbc/shared-core';
import { machineFacts } from '../capabilities/machine-facts';
import { type CoordinatorClient, type MinerStatus } from '../coordinator/coordinator-client';
import { MinerRefused, type MinerSession } from '../coordinator/miner-session';
import type { RunningJobs } from './running-jobs';

/** Answers to a heartbeat or a poll which mean that the coordinator does not know this session. */
export const SESSION_UNKNOWN = [401, 404, 409];

/** How long the last heartbeat of a stopping miner may take. */
const FAREWELL_MS = 1000;

/**
 * Keeps the leases of the running jobs: beats at the interval that was set, or more often when a lease is shorter than
 * three of them. Each beat names the jobs in hand; what the coordinator does not renew is aborted.
 */
export class HeartbeatLoop {
  private intervalMs: number;
  private wake = new AbortController();

  constructor(
    private readonly client: CoordinatorClient,
    private readonly session: MinerSession,
    private readonly jobs: RunningJobs,
    intervalMs: number,
    private readonly log: Logger,
  ) {
    this.intervalMs = intervalMs;
  }

  /** A job with a lease of this length has begun: from now on there are at least three beats in that time. */
  adaptTo(leaseMs: number): void {
    if (leaseMs / 3 >= this.intervalMs) return;
    this.intervalMs = leaseMs / 3;
    this.wake.abort();
  }

  /** Beats until the signal is aborted. @param status asked at each beat. @throws MinerRefused */
  async run(status: () => MinerStatus, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.beat(status(), signal);
      this.jobs.abortLost();
      this.wake = new AbortController();
      await pause(this.intervalMs, AbortSignal.any([signal, this.wake.signal])).catch(() => undefined);
    }
  }

  /** Tells the coordinator at once that this miner is gone, rather than let it find out. A failure is of no matter. */
  async farewell(): Promise<void> {
    await this.beat('offline', AbortSignal.timeout(FAREWELL_MS));
  }

  private async beat(status: MinerStatus, signal: AbortSignal): Promise<void> {
    const inflight = this.jobs.ids;
    const sentAt = performance.now();
    const heartbeat = { inflight, status, metadata: machineFacts() };
    try {
      const { dropped, leaseMs } = await this.session.use(
        (token) => this.client.heartbeat(token, heartbeat, signal),
        SESSION_UNKNOWN,
        signal,
      );
      this.jobs.renew(
        inflight.filter((id) => !dropped.includes(id)),
        sentAt,
      );
      this.jobs.abort(dropped, 'dropped');
      // A miner without jobs counts as offline after a lease time too.
      if (leaseMs !== undefined) this.adaptTo(leaseMs);
    } catch (error) {
      if (error instanceof MinerRefused) throw error;
      if (!signal.aborted) this.log.warn('a heartbeat failed', { error });
    }
  }
}
