import type { AssignedJob, MinerFailure } from '@aitbc/contracts';
import type { JobReceipt } from '@aitbc/coordinator-domain';
import { type Database, type SqlRunner, traceparentOf } from '@aitbc/shared-core';
import { insertJobReceipt } from '../receipts';
import { ANY_TOPIC } from './bell';
import { jobTrace } from './job-trace';
import { JobBells } from './job-bells';
import { longPoll, Patience } from './long-poll';
import { ClaimedRow, claimJob, hasMatchingJob } from './sql/claim-job';
import { Dialect, dialectOf } from './sql/dialect';
import { Completion, completeJob, expireJobs } from './sql/finish-job';
import { handBack, recentlyCanceled, renewLeases } from './sql/leases';
import { failAttempt, LostAttempt, loseExpiredLeases, loseMinersJobs } from './sql/lose-attempts';

/** One attempt at a job in the hands of one miner. */
export interface HeldAttempt {
  readonly jobId: string;
  readonly minerId: string;
  readonly attempt: number;
}

/** The most jobs that one unit of the sweep takes: a unit must end within 500 ms. */
const SWEEP_LIMIT = 200;

/**
 * What miners do to jobs: take them under a lease, keep the lease, end the attempt. Each change is conditional on the
 * miner still holding that attempt, so that a miner which was believed dead changes nothing when it wakes.
 */
export class JobLeases {
  private readonly dialect: Dialect;
  private readonly leaseMs: number;

  constructor(
    private readonly db: Database,
    private readonly bells: JobBells,
    readonly leaseSeconds: number,
  ) {
    this.dialect = dialectOf(db.engine);
    this.leaseMs = leaseSeconds * 1_000;
  }

  /**
   * The oldest job that this miner can take, with a lease; waits for one as long as the caller has patience.
   * @param services kinds that the miner takes; `null`: all.
   */
  async claim(
    minerId: string,
    services: readonly string[] | null,
    patience: Patience,
  ): Promise<AssignedJob | undefined> {
    const row = await longPoll(() => this.claimNow(minerId), this.bells.queued, services ?? [ANY_TOPIC], patience);
    if (row === undefined) return undefined;
    const job = assigned(row);
    if (!patience.signal.aborted) return job;
    await this.giveBack({ jobId: job.job_id, minerId, attempt: job.attempt }, row.service_type);
    return undefined;
  }

  /** Looks before it claims, so that idle miners do not queue for the writer. */
  private async claimNow(minerId: string): Promise<ClaimedRow | undefined> {
    const worthTrying = await this.db.readSql((sql) => hasMatchingJob(sql, this.dialect, minerId));
    if (!worthTrying) return undefined;
    return this.db.writeSet((sql) => claimJob(sql, this.dialect, minerId, this.leaseMs));
  }

  /** The miner's connection closed while the claim was committed: nobody would work on the job until its lease ends. */
  private giveBack(held: HeldAttempt, serviceType: string): Promise<void> {
    return this.db.writeSet(async (sql) => {
      await handBack(sql, this.dialect, held);
      this.db.afterCommit(() => this.bells.queued.ring(serviceType));
    });
  }

  /**
   * Renews a miner's leases, in the unit that records its heartbeat, and tells which of its jobs it should stop.
   * @param inflight ids of what it runs; without them all its leases are renewed.
   */
  renew(minerId: string, inflight: readonly string[] | undefined): Promise<string[]> {
    return this.db.writeSet(async (sql) => {
      const renewed = await renewLeases(sql, this.dialect, minerId, this.leaseMs, inflight);
      if (inflight === undefined) return recentlyCanceled(sql, this.dialect, minerId, 2 * this.leaseMs);
      const held = new Set(renewed);
      return inflight.filter((id) => !held.has(id));
    });
  }

  /** Records a result together with its receipt; `false` and nothing written when the attempt is no longer held. */
  complete(done: Completion, receipt: JobReceipt): Promise<boolean> {
    return this.db.writeSet(async (sql) => {
      const held = await completeJob(sql, this.dialect, done);
      if (!held) return false;
      await insertJobReceipt(sql, receipt);
      this.db.afterCommit(() => this.bells.finished.ring(done.jobId));
      return true;
    });
  }

  /** Ends an attempt without a result; gives nothing when it is no longer held. */
  async fail(held: HeldAttempt, { error, retryable = true }: MinerFailure): Promise<LostAttempt | undefined> {
    const [lost] = await this.lose((sql) => failAttempt(sql, this.dialect, held, { error, retryable }));
    return lost;
  }

  /** Queues again all that a removed miner was running; called in the unit that removes it. */
  loseAll(minerId: string): Promise<LostAttempt[]> {
    return this.lose((sql) => loseMinersJobs(sql, this.dialect, minerId));
  }

  /** Takes jobs from miners that stopped renewing, and ends those that nobody took; gives how many it changed. */
  async sweep(): Promise<number> {
    const lost = await this.lose((sql) => loseExpiredLeases(sql, this.dialect, SWEEP_LIMIT));
    const expired = await this.db.writeSet(async (sql) => {
      const ids = await expireJobs(sql, this.dialect, SWEEP_LIMIT);
      this.db.afterCommit(() => ids.forEach((id) => this.bells.finished.ring(id)));
      return ids;
    });
    return lost.length + expired.length;
  }

  private lose(work: (sql: SqlRunner) => Promise<LostAttempt[]>): Promise<LostAttempt[]> {
    return this.db.writeSet(async (sql) => {
      const lost = await work(sql);
      this.db.afterCommit(() => this.announce(lost));
      return lost;
    });
  }

  private announce(lost: readonly LostAttempt[]): void {
    for (const { id, state, service_type: serviceType } of lost) {
      if (state === 'QUEUED') this.bells.queued.ring(serviceType);
      else this.bells.finished.ring(id);
    }
  }
}

function assigned(row: ClaimedRow): AssignedJob {
  const trace = jobTrace(row.id, row.trace_parent);
  return {
    job_id: row.id,
    payload: {
      service_type: row.service_type,
      service_request: JSON.parse(row.service_request) as Record<string, unknown>,
    },
    constraints: JSON.parse(row.constraints) as Record<string, unknown>,
    lease_expires_at: new Date(Number(row.lease_expires_at)).toISOString(),
    attempt: Number(row.attempts),
    ...(trace && { traceparent: traceparentOf(trace) }),
  };
}
