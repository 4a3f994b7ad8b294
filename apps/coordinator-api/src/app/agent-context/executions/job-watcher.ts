import { setTimeout as sleep } from 'node:timers/promises';
import type { JobClient } from '@aitbc/contracts';
import type { ExecutionWorker } from '@aitbc/execution-engine';
import type { Logger } from '@aitbc/shared-core';

const WAIT_SECONDS = 30;
const AFTER_FAILURE_MS = 1_000;

/**
 * One long poll in each process tells which jobs have ended, and wakes the executions that wait for them. What it may
 * miss (while the coordinator is away, before it starts) the waiting steps find themselves when they look again.
 */
export class JobWatcher {
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly jobs: JobClient,
    private readonly worker: Pick<ExecutionWorker, 'signal'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.loop = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    let cursor: string | undefined;
    while (!signal.aborted) {
      try {
        const changes = await this.jobs.changes(cursor, WAIT_SECONDS, signal);
        if (changes.jobIds.length > 0) await this.worker.signal('job', changes.jobIds);
        // Only now: were the signal lost with the cursor moved on, only the waiting steps' own look would find the jobs.
        cursor = changes.cursor;
      } catch (error) {
        if (signal.aborted) return;
        this.logger.warn('the feed of finished jobs cannot be read; it is tried again', { error });
        await sleep(AFTER_FAILURE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
