import type { AssignedJob } from '@aitbc/contracts';
import { JobAborted } from './job-abort';
import type { JobRunner } from './job-runner';
import { Lease } from './lease';

interface RunningJob {
  readonly lease: Lease;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** The jobs in hand, at most `concurrency` at once. */
export class RunningJobs {
  private readonly jobs = new Map<string, RunningJob>();

  /** @param onFailure told when a job ended in a way that ends the miner. */
  constructor(
    private readonly runner: JobRunner,
    readonly concurrency: number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  get ids(): string[] {
    return [...this.jobs.keys()];
  }

  get isFull(): boolean {
    return this.jobs.size >= this.concurrency;
  }

  start(job: AssignedJob): Lease {
    // A lease that we lost without knowing can come back to us as a new attempt: the old one must not report.
    this.abort([job.job_id], 'dropped');
    const lease = new Lease(job.lease_expires_at);
    const controller = new AbortController();
    const ended = this.runner
      .run(job, lease, controller.signal)
      .catch(this.onFailure)
      .finally(() => {
        if (this.jobs.get(job.job_id)?.controller === controller) this.jobs.delete(job.job_id);
      });
    this.jobs.set(job.job_id, { lease, controller, ended });
    return lease;
  }

  /** Resolves when fewer than `concurrency` jobs run. */
  async slotFree(): Promise<void> {
    while (this.isFull) await Promise.race([...this.jobs.values()].map((job) => job.ended));
  }

  /** Resolves when no job runs. */
  async idle(): Promise<void> {
    while (this.jobs.size > 0) await Promise.all([...this.jobs.values()].map((job) => job.ended));
  }

  /** The coordinator has renewed the leases of these jobs. @param sentAt `performance.now()` before it was asked. */
  renew(ids: readonly string[], sentAt: number): void {
    for (const id of ids) this.jobs.get(id)?.lease.renew(sentAt);
  }

  abort(ids: readonly string[], why: JobAborted['why']): void {
    for (const id of ids) this.jobs.get(id)?.controller.abort(new JobAborted(why));
  }

  /** Ends the jobs whose leases have surely run out: another miner has them. */
  abortLost(): void {
    const lost = [...this.jobs].filter(([, job]) => job.lease.isSurelyLost).map(([id]) => id);
    this.abort(lost, 'lease_lost');
  }
}
