import { FINAL_JOB_STATES, type JobClient } from '@aitbc/contracts';
import type { ExecutionWorker } from '@aitbc/execution-engine';
import { type Logger, OutageLog, pause } from '@aitbc/shared-core';

const WAIT_SECONDS = 30;
const AFTER_FAILURE_MS = 1_000;
/** A coordinator that is started again, or a little later than this process, is there before the next one. */
const TOLERATED_FAILURES = 4;
/** Jobs that are read from the store, and asked about at once, when the watch begins. */
const PAGE = 200;
const ASKED_AT_ONCE = 4;

/** Jobs that steps wait for. */
export interface AwaitedJobs {
  /** Ids above `after`, in order. */
  awaitedJobs(after: string, limit: number): Promise<string[]>;
}

/**
 * One long poll in each process tells which jobs have ended, and wakes the executions that wait for them. Jobs that ended
 * while nobody watched (before a restart, say) are in no feed that begins now, so at the start it asks once for every job
 * that a step waits for. Should it miss one after all, the waiting step finds it when it looks again by itself.
 */
export class JobWatcher {
  private readonly stopping = new AbortController();
  private readonly outage: OutageLog;
  private loop: Promise<unknown> | undefined;
  private begun = false;

  constructor(
    private readonly jobs: Pick<JobClient, 'changes' | 'outcome'>,
    private readonly worker: Pick<ExecutionWorker, 'signal'>,
    private readonly waits: AwaitedJobs,
    logger: Logger,
  ) {
    const meanwhile = 'what became of jobs is not known, and those who wait for them wait on';
    const told = { what: 'the coordinator', meanwhile, name: 'coordinator', tolerated: TOLERATED_FAILURES };
    this.outage = new OutageLog(logger, told);
  }

  /** Whether it has a place in the feed: it will hear of each job that ends from now on. */
  get hasBegun(): boolean {
    return this.begun;
  }

  start(): void {
    this.loop = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    // The feed's place first: a job that ends while the others are asked about is in the feed.
    const first = await this.persistently(() => this.jobs.changes(undefined, 0, signal));
    if (!first) return;
    this.begun = true;
    await Promise.all([this.follow(first.cursor), this.catchUp()]);
  }

  private async follow(start: string): Promise<void> {
    const { signal } = this.stopping;
    let cursor = start;
    while (!signal.aborted) {
      await this.persistently(async () => {
        const changes = await this.jobs.changes(cursor, WAIT_SECONDS, signal);
        if (changes.jobIds.length > 0) await this.worker.signal('job', changes.jobIds);
        // Only now: were the signal lost with the cursor moved on, only the waiting steps' own look would find the jobs.
        cursor = changes.cursor;
      });
    }
  }

  private async catchUp(): Promise<void> {
    let after: string | undefined = '';
    while (after !== undefined && !this.stopping.signal.aborted) {
      const from: string = after;
      after = await this.persistently(() => this.lookAtPage(from));
    }
  }

  /** Gives the id of the last job that it has asked about, or nothing when there was none. */
  private async lookAtPage(after: string): Promise<string | undefined> {
    const ids = await this.waits.awaitedJobs(after, PAGE);
    const ended: string[] = [];
    for (let index = 0; index < ids.length && !this.stopping.signal.aborted; index += ASKED_AT_ONCE) {
      const asked = ids.slice(index, index + ASKED_AT_ONCE);
      const over = await Promise.all(asked.map((id) => this.isOver(id)));
      ended.push(...asked.filter((_, position) => over[position]));
    }
    if (ended.length > 0) await this.worker.signal('job', ended);
    return ids.at(-1);
  }

  /** A job that the coordinator does not know will not end either: its step fails when it looks. */
  private async isOver(id: string): Promise<boolean> {
    const outcome = await this.jobs.outcome(id);
    return outcome === undefined || FINAL_JOB_STATES.includes(outcome.state);
  }

  /** Tries until it succeeds; `undefined` when the watch ends before. */
  private async persistently<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        const result = await work();
        this.outage.succeeded();
        return result;
      } catch (error) {
        if (signal.aborted) return undefined;
        this.outage.failed(error);
        await pause(AFTER_FAILURE_MS, signal).catch(() => undefined);
      }
    }
    return undefined;
  }
}
