import type { World } from './sim-process';

interface Job {
  readonly id: string;
  readonly key: string;
  state: 'running' | 'done' | 'cancelled';
}

/** What steps hold outside the engine: jobs that run by themselves, found by the key of the attempt that submitted them. */
export class OutsideJobs {
  private readonly byKey = new Map<string, Job>();
  private readonly byId = new Map<string, Job>();

  constructor(
    private readonly world: World,
    /** Told of each job that has ended by itself. */
    private readonly onEnd: (jobId: string) => void,
  ) {}

  /** Submitting again with the same key gives the same job. */
  submit(key: string, lastsMs: number | null): Job {
    const known = this.byKey.get(key);
    if (known) return known;
    const job: Job = { id: `job_${this.byKey.size + 1}`, key, state: 'running' };
    this.byKey.set(key, job);
    this.byId.set(job.id, job);
    this.world.trace.note('jobs', `${job.id} for ${key}`);
    if (lastsMs !== null) this.world.scheduler.after(lastsMs, () => this.end(job));
    return job;
  }

  find(id: string): Job | undefined {
    return this.byId.get(id);
  }

  /** Nothing happens when there is none, or it has ended. */
  cancel(key: string): void {
    const job = this.byKey.get(key);
    if (job?.state !== 'running') return;
    job.state = 'cancelled';
    this.world.trace.note('jobs', `${job.id} is cancelled`);
  }

  /** The keys of those that still run. */
  running(): string[] {
    return [...this.byKey.values()].filter(({ state }) => state === 'running').map(({ key }) => key);
  }

  private end(job: Job): void {
    if (job.state !== 'running') return;
    job.state = 'done';
    this.world.trace.note('jobs', `${job.id} has ended`);
    this.onEnd(job.id);
  }
}
