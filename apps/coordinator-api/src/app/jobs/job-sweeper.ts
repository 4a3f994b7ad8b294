import type { Logger } from '@aitbc/shared-core';
import type { JobChunks } from './job-chunks';
import { JobLeases } from './job-leases';

/** How often overdue leases and queue times are looked for. */
const SWEEP_INTERVAL_MS = 1_000;

/**
 * The sweep that brings back jobs of dead miners, and deletes text that was streamed long ago. Any number of processes may run it: each row is changed by one of
 * them. Start it only where `SWEEPS` is on.
 */
export class JobSweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    private readonly leases: Pick<JobLeases, 'sweep'>,
    private readonly chunks: Pick<JobChunks, 'sweep'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.schedule(0);
  }

  /** Ends after the round that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, ms);
    this.timer.unref();
  }

  /** A full round is followed by another at once: a backlog is worked off as fast as the database allows. */
  private async round(): Promise<void> {
    let changed = 0;
    try {
      changed = await this.leases.sweep();
      if (changed > 0) this.logger.info('jobs were taken back or expired', { event: 'job_sweep', jobs: changed });
      changed += await this.chunks.sweep();
    } catch (error) {
      this.logger.error('the job sweep failed; it is tried again', { event: 'job_sweep_failed', error });
    }
    if (!this.stopped) this.schedule(changed > 0 ? 0 : SWEEP_INTERVAL_MS);
  }
}
