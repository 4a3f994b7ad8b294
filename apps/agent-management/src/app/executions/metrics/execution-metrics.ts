import type { EngineMetrics, EventRecord, ExecutionCommit, ExecutionState, LeaseLoss } from '@aitbc/execution-engine';
import { Distribution, type MetricsSource, Tally } from '@aitbc/shared-core';
import { CostMetrics } from './cost-metrics';

/** Seconds: from an expression to a job of hours. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3_600];
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128];

/** How an attempt of a step ended, by the event that says so. */
const ATTEMPT_ENDS: Readonly<Record<string, string>> = {
  'step.completed': 'completed',
  'step.failed': 'failed',
  'step.retrying': 'retried',
};
const EXECUTION_ENDS: Readonly<Record<string, string>> = {
  'execution.completed': 'completed',
  'execution.failed': 'failed',
  'execution.cancelled': 'cancelled',
};

/**
 * What this process has done for executions. Attempts, retries and ends are read off the commits that were written, so
 * that what did not count for the execution does not count here.
 */
export class ExecutionMetrics implements EngineMetrics {
  private readonly claimLatency = new Distribution({
    name: 'aitbc_execution_claim_latency_seconds',
    help: 'How long the oldest execution of each claim had been due.',
    buckets: LATENCY_BUCKETS,
  });
  private readonly claims = new Tally('aitbc_executions_claimed_total', 'Executions that a worker has claimed.', []);
  private readonly losses = new Tally(
    'aitbc_execution_lease_losses_total',
    'Runs that lost their lease: changed (cancelled or paused here), taken (by another process) or overslept.',
    ['reason'],
    (['changed', 'taken', 'overslept'] satisfies LeaseLoss[]).map((reason) => ({ reason })),
  );
  private readonly batchSize = new Distribution({
    name: 'aitbc_execution_commit_batch_size',
    help: 'Commits of executions that were written together.',
    buckets: BATCH_BUCKETS,
  });
  private readonly attempts = new Distribution({
    name: 'aitbc_step_duration_seconds',
    help: 'Time of an attempt of a step, waits for jobs included: completed, failed for good, or to be retried.',
    labels: ['step_type', 'outcome'],
    buckets: DURATION_BUCKETS,
  });
  private readonly retries = new Tally('aitbc_step_retries_total', 'Failed attempts that are followed by another.', [
    'step_type',
  ]);
  private readonly ends = new Tally(
    'aitbc_executions_ended_total',
    'Executions that have ended, by how.',
    ['status'],
    Object.values(EXECUTION_ENDS).map((status) => ({ status })),
  );
  private readonly costs = new CostMetrics();

  get sources(): readonly (MetricsSource | Distribution)[] {
    const { claimLatency, claims, losses, batchSize, attempts, retries, ends, costs } = this;
    return [claimLatency, claims, losses, batchSize, attempts, retries, ends, ...costs.sources];
  }

  claimed(count: number, oldestDueMs: number): void {
    this.claims.add({}, count);
    this.claimLatency.observe(oldestDueMs / 1_000);
  }

  leaseLost(reason: LeaseLoss): void {
    this.losses.add({ reason });
  }

  /** Commits that have been written together. */
  written(commits: readonly ExecutionCommit[]): void {
    if (commits.length > 0) this.batchSize.observe(commits.length);
    for (const { state, records } of commits) for (const record of records) this.count(state, record);
  }

  private count(state: ExecutionState, record: EventRecord): void {
    const status = EXECUTION_ENDS[record.type];
    if (status) this.ends.add({ status });
    const outcome = ATTEMPT_ENDS[record.type];
    const step = record.stepId === null ? undefined : state.steps.get(record.stepId);
    if (!outcome || !step) return;
    this.costs.attemptEnded(step, record);
    const { stepType: step_type, startedAt } = step;
    if (outcome === 'retried') this.retries.add({ step_type });
    // Without a start it could not even be prepared; after the event, the next attempt began in the same commit.
    if (startedAt === null || startedAt > record.at) return;
    this.attempts.observe((record.at - startedAt) / 1_000, { step_type, outcome });
  }
}
