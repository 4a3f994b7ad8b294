import type { AssignedJob } from '@aitbc/contracts';
import { backoffDelay, type BackoffOptions, type Logger, pause, unlessAborted } from '@aitbc/shared-core';
import { type CoordinatorClient, CoordinatorRefusal } from '../coordinator/coordinator-client';
import { MinerRefused, type MinerSession } from '../coordinator/miner-session';
import { SESSION_UNKNOWN } from './heartbeat-loop';
import type { RunningJobs } from './running-jobs';

/**
 * Asks for jobs as long as a slot is free: one long poll at a time, the next as soon as a job came, so that queued jobs
 * fill all slots at once while an idle miner holds one connection.
 */
export class PollLoop {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly session: MinerSession,
    private readonly jobs: RunningJobs,
    private readonly options: { readonly pollWaitSeconds: number; readonly backoff: BackoffOptions },
    private readonly log: Logger,
  ) {}

  /** Polls until the signal is aborted. @throws MinerRefused */
  async run(onJob: (job: AssignedJob) => void, signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await unlessAborted(this.jobs.slotFree(), signal);
        const job = await this.poll(signal);
        failures = 0;
        // Assigned in the instant of the stop: it is taken, so that it is finished or handed back, never just lost.
        if (job) onJob(job);
      } catch (error) {
        if (error instanceof MinerRefused) throw error;
        if (signal.aborted) return;
        failures += 1;
        await this.afterFailure(error, failures, signal);
      }
    }
  }

  private poll(signal: AbortSignal): Promise<AssignedJob | undefined> {
    const send = (token: string) => this.client.poll(token, this.options.pollWaitSeconds, signal);
    return this.session.use(send, SESSION_UNKNOWN, signal);
  }

  private async afterFailure(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
    const refusal = error instanceof CoordinatorRefusal ? error : undefined;
    if (refusal?.status === 403) throw new MinerRefused(`the key may no longer ask for jobs (${refusal.message})`);
    // The session has waited as long as it should; registering is the next thing to do.
    if (refusal && SESSION_UNKNOWN.includes(refusal.status)) return;
    const waitMs = Math.max(refusal?.retryAfterMs ?? 0, backoffDelay(failures, this.options.backoff));
    this.log.warn('polling failed', { error, next_try_ms: waitMs });
    await pause(waitMs, signal).catch(() => undefined);
  }
}
