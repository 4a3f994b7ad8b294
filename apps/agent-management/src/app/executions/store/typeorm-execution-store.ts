import type {
  ClaimRequest,
  ExecutionCommit,
  ExecutionState,
  ExecutionStore,
  HeldLease,
  HeldStep,
  NewExecution,
  NewSignal,
  NewStart,
  StoredSignal,
} from '@aitbc/execution-engine';
import {
  type Database,
  type DatabaseEngine,
  type ExpectedStatement,
  GatheredWrites,
  type SqlRunner,
} from '@aitbc/shared-core';
import type { ExecutionStatus, WaitKind } from '@aitbc/shared-domain';
import { awaitedJobs } from './awaited-jobs';
import { claim } from './claim';
import { commitBatch, concernsSignals } from './commit-batch';
import { commitStatements, startStatements } from './commit-together';
import { type LeaseTime, leaseTimeOf, nowOr } from './lease-time';
import { lost, release, renew } from './leases';
import { load } from './load';
import { leaseOwners, releaseOwners } from './owners';
import { markReleased, unreleased } from './releases';
import { signal } from './signal';
import { addSignal, pendingSignals, withPendingSignals } from './signals';

/** Is told which commits were written, after each batch and before those who wait for them. */
export type OnWritten = (commits: readonly ExecutionCommit[]) => void;

/** Commits of one batch; a worker seldom has more at a time. */
const COMMITS_AT_ONCE = 500;

/** Executions in the tables of the agent context, on SQLite and PostgreSQL. Each file beside this one holds one verb. */
export class TypeOrmExecutionStore implements ExecutionStore {
  /** A round of many executions costs one disk sync. */
  private readonly commits: GatheredWrites<ExecutionCommit, 'committed' | 'lost'>;

  /**
   * @param onWritten told of each commit that this process has written
   * @param leaseTime by whose clock leases run and what is due; the times that a caller gives count only with `caller`
   */
  constructor(
    private readonly db: Database,
    private readonly onWritten: OnWritten = () => undefined,
    private readonly leaseTime: LeaseTime = leaseTimeOf(db.engine),
  ) {
    this.commits = new GatheredWrites(db, (sql, commits) => this.commitAll(sql, commits), {
      as: 'set',
      // Of two commits for one row a joined UPDATE would take either.
      keyOf: ({ state }) => state.id,
      atMost: COMMITS_AT_ONCE,
      usual: {
        statements: (commits) =>
          commits.some(concernsSignals) ? undefined : commitStatements(db.engine, commits, this.leaseTime),
        written: (commits) => {
          this.written(commits);
          return commits.map(() => 'committed');
        },
      },
    });
  }

  async insert(execution: NewExecution, first?: ExecutionCommit): Promise<void> {
    await this.insertAll([{ execution, first }]);
  }

  async insertAll(starts: readonly NewStart[]): Promise<void> {
    const firsts = starts.flatMap(({ first }) => first ?? []);
    await this.db.writeSet(async (sql) => {
      for (const statement of this.insertStatements(starts)) await sql.query(statement.sql, statement.parameters);
      if (firsts.length > 0) this.written(firsts);
    });
  }

  /** The same for `Database.writeAtOnce`, after whose commit {@link written} is to be called. */
  insertStatements(starts: readonly NewStart[]): ExpectedStatement[] {
    return startStatements(this.db.engine, starts, this.leaseTime);
  }

  /** Tells of commits: when the unit of work has ended, or at once. */
  written(commits: readonly ExecutionCommit[]): void {
    this.db.afterCommit(() => this.onWritten(commits));
  }

  load(executionId: string): Promise<ExecutionState | undefined> {
    return this.db.readSql((sql) => load(sql, this.db.engine, executionId));
  }

  /** The status alone; inside a unit of work as that unit sees it. */
  async statusOf(executionId: string): Promise<ExecutionStatus | undefined> {
    const [row] = await this.db.readSql((sql) =>
      sql.query<{ status: ExecutionStatus }>('SELECT status FROM agent_executions WHERE id = $1', [executionId]),
    );
    return row?.status;
  }

  claim(request: ClaimRequest): Promise<ExecutionState[]> {
    return this.db.writeSet((sql) => claim(sql, this.db.engine, { ...request, now: this.timeFor(request.now) }));
  }

  commit(commit: ExecutionCommit): Promise<'committed' | 'lost'> {
    return this.commits.add(commit);
  }

  renew(leases: readonly HeldLease[], leaseMs: number, now: number): Promise<HeldLease[]> {
    return this.db.writeSet((sql) => renew(sql, this.db.engine, leases, leaseMs, this.timeFor(now)));
  }

  lost(leases: readonly HeldLease[]): Promise<HeldLease[]> {
    return this.db.readSql((sql) => lost(sql, this.db.engine, leases));
  }

  release(lease: HeldLease, wakeAt: number | null): Promise<void> {
    return this.db.writeSet((sql) => release(sql, lease, wakeAt));
  }

  signal(kind: WaitKind, refs: readonly string[], now: number): Promise<string[]> {
    if (refs.length === 0) return Promise.resolve([]);
    return this.db.writeSet((sql) => signal(sql, this.db.engine, kind, refs, this.timeFor(now)));
  }

  addSignal(signal: NewSignal): Promise<void> {
    return this.db.writeSet((sql) => addSignal(sql, this.db.engine, signal, this.timeFor(signal.sentAt)));
  }

  pendingSignals(executionId: string): Promise<StoredSignal[]> {
    return this.db.readSql((sql) => pendingSignals(sql, executionId));
  }

  withPendingSignals(executionIds: readonly string[]): Promise<string[]> {
    return this.db.readSql((sql) => withPendingSignals(sql, this.db.engine, executionIds));
  }

  async dueIn(now: number): Promise<number | null> {
    const [row] = await this.db.readSql((sql) =>
      sql.query<{ due: number | null }>(dueInStatement(this.db.engine), [this.timeFor(now)]),
    );
    return row?.due ?? null;
  }

  unreleased(limit: number): Promise<HeldStep[]> {
    return this.db.readSql((sql) => unreleased(sql, limit));
  }

  markReleased(rowIds: readonly string[]): Promise<void> {
    return this.db.writeSet((sql) => markReleased(sql, this.db.engine, rowIds));
  }

  awaitedJobs(after: string, limit: number): Promise<string[]> {
    return this.db.readSql((sql) => awaitedJobs(sql, after, limit));
  }

  leaseOwners(): Promise<string[]> {
    return this.db.readSql((sql) => leaseOwners(sql));
  }

  releaseOwners(owners: readonly string[]): Promise<number> {
    return this.db.writeSet((sql) => releaseOwners(sql, this.db.engine, owners, Date.now()));
  }

  private async commitAll(
    sql: SqlRunner,
    commits: readonly ExecutionCommit[],
  ): Promise<readonly ('committed' | 'lost')[]> {
    const ids = await commitBatch(sql, this.db.engine, commits, this.leaseTime);
    const written = commits.filter(({ state }) => ids.has(state.id));
    this.written(written);
    return commits.map(({ state }) => (ids.has(state.id) ? 'committed' : 'lost'));
  }

  /** What the statements take for the caller's time: null lets the database's clock count. */
  private timeFor(now: number): number | null {
    return this.leaseTime === 'caller' ? now : null;
  }
}

export function dueInStatement(engine: DatabaseEngine): string {
  return `SELECT min(wake_at) - ${nowOr(engine, '$1')} AS due FROM agent_executions WHERE wake_at IS NOT NULL`;
}
