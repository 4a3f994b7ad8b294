import type { AssignedJob } from '@aitbc/contracts';
import type { Logger } from '@aitbc/shared-core';
import type { MinerStatus } from '../coordinator/coordinator-client';
import type { HeartbeatLoop } from './heartbeat-loop';
import type { PollLoop } from './poll-loop';
import type { RunningJobs } from './running-jobs';

/**
 * The life of a miner.
 *
 *     start ─→ polling + heartbeats ─→ stop: no more polls ─→ drain: jobs finish, leases are kept ─→ farewell
 *                     │                                            └ at the limit: aborted, handed back as retryable
 *                     └ the coordinator refuses the miner for good ─→ the same drain, then `run` rejects
 */
export class Miner {
  private readonly stopping = new AbortController();

  constructor(
    private readonly polling: PollLoop,
    private readonly heartbeats: HeartbeatLoop,
    private readonly jobs: RunningJobs,
    private readonly drainMs: number,
    private readonly log: Logger,
  ) {}

  /**
   * Runs until {@link stop} and gives back the jobs that could not be finished by then.
   * @throws MinerRefused when the coordinator will not have this miner.
   */
  async run(): Promise<void> {
    const beating = new AbortController();
    let refusal: Error | undefined;
    const beats = this.heartbeats
      .run(() => this.status, beating.signal)
      .catch((error: unknown) => {
        refusal ??= asError(error);
        this.stop();
      });
    try {
      await this.polling.run((job) => this.take(job), this.stopping.signal);
    } catch (error) {
      refusal ??= asError(error);
      this.stop();
    }
    await this.drain();
    beating.abort();
    await beats;
    if (refusal) throw refusal;
    await this.heartbeats.farewell();
  }

  /** No more jobs from now on; `run` resolves when those in hand have ended. */
  stop(): void {
    this.stopping.abort();
  }

  private get status(): MinerStatus {
    if (this.stopping.signal.aborted) return 'draining';
    return this.jobs.isFull ? 'busy' : 'available';
  }

  private take(job: AssignedJob): void {
    this.heartbeats.adaptTo(this.jobs.start(job).lengthMs);
  }

  private async drain(): Promise<void> {
    const count = this.jobs.ids.length;
    if (count > 0)
      this.log.info('waiting for running jobs', { event: 'draining', jobs: count, limit_ms: this.drainMs });
    const limit = setTimeout(() => this.jobs.abort(this.jobs.ids, 'stopping'), this.drainMs);
    await this.jobs.idle();
    clearTimeout(limit);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
