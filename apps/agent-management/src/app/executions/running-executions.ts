import { commitOf, type PlanLoader, transition, type WakeUps } from '@aitbc/execution-engine';
import { AppError, type Database } from '@aitbc/shared-core';
import type { RunningExecutions } from '../workflows';
import type { ExecutionRepository } from './execution.repository';
import { commitBatch } from './store/commit-batch';
import type { TypeOrmExecutionStore } from './store/typeorm-execution-store';

/** What the workflows must know of executions; everything joins the caller's unit of work. */
export class StoredRunningExecutions implements RunningExecutions {
  constructor(
    private readonly db: Database,
    private readonly repository: ExecutionRepository,
    private readonly store: TypeOrmExecutionStore,
    private readonly plans: PlanLoader,
    private readonly wakeUps: WakeUps,
    private readonly now: () => number = Date.now,
  ) {}

  async count(workflowId: string): Promise<number> {
    return (await this.repository.unfinished(workflowId)).length;
  }

  async cancelAll(workflowId: string): Promise<void> {
    const ids = await this.repository.unfinished(workflowId);
    const commits = await Promise.all(ids.map((id) => this.cancelCommit(id)));
    // Not through the commit queue, whose batches belong to no unit: this one must stand or fall with the deletion.
    // None of them is due again, so nobody's clock matters.
    const written = await this.db.writeSet((sql) => commitBatch(sql, this.db.engine, commits, 'caller'));
    if (written.size < ids.length) throw new AppError('conflict', 'executions of it changed meanwhile; try again');
    this.db.afterCommit(() => ids.forEach((executionId) => this.wakeUps.notify({ kind: 'changed', executionId })));
  }

  private async cancelCommit(id: string) {
    const before = await this.store.load(id);
    if (!before) throw new Error(`execution ${id} has vanished`);
    const plan = await this.plans.load(before.workflowId, before.workflowVersion);
    const at = this.now();
    const { state, records } = transition(plan, before, {
      type: 'cancel_requested',
      at,
      reason: 'its workflow was deleted',
    });
    return commitOf({ before, after: state, records }, { owner: null, wakeAt: null }, at);
  }
}
