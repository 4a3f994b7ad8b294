import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { commitFailed, commitUnknown, databaseBusy, databaseUnavailable } from '../database-errors';
import type { UnitLimits } from '../database-options';
import { driverCode } from '../sql-errors';
import type { Counters } from '../unit-counters';
import { SECOND_CHANCE, UnitAccess, UnitKind, UnitOfWork, UnitOutcome } from '../unit-of-work';
import { type ConnectionUse, onConnection } from './on-connection';
import { postgresSql, PostgresUnitRunner } from './postgres-runner';
import type { OpenedServer } from './postgres-boot';

/**
 * Serialization failure; deadlock; a lock not had in time; a statement stopped at its limit. The transaction had no
 * effect, and may succeed when run again.
 */
const RETRYABLE = new Set(['40001', '40P01', '55P03', '57014']);
const FIRST_BACKOFF_MS = 4;
const LONGEST_BACKOFF_MS = 250;

const BEGIN: Record<UnitKind, string> = {
  unit: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  set: 'BEGIN ISOLATION LEVEL READ COMMITTED',
};

/**
 * Runs units on PostgreSQL: each attempt is a transaction on a connection of its own, with a new `UnitOfWork` (so the
 * follow-ups of an attempt that failed are gone). Serialization failures and deadlocks, whether a statement or the
 * COMMIT meets them, and units whose statements took longer than the limit are repeated after a random back-off that
 * doubles, for up to `lockWaitMs` in all.
 */
export class PostgresWriter {
  constructor(
    private readonly server: OpenedServer,
    private readonly limits: UnitLimits,
    private readonly counters: Counters,
  ) {}

  /** @param patience how many times the limit a first attempt may take; those after it get a second chance. */
  async run<T>(kind: UnitKind, work: (unit: UnitOfWork) => Promise<T>, patience = 1): Promise<T> {
    const started = performance.now();
    this.counters.unitsWaiting += 1;
    try {
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await this.attempt(kind, work, attempt === 0 ? patience : SECOND_CHANCE);
        if (outcome.ok) return outcome.value;
        if (!outcome.retryable) throw outcome.error;
        if (performance.now() - started >= this.limits.lockWaitMs) {
          throw databaseBusy(this.limits.lockWaitMs, outcome.error);
        }
        await this.backOff(attempt);
      }
    } finally {
      this.counters.unitsWaiting -= 1;
    }
  }

  private async attempt<T>(
    kind: UnitKind,
    work: (unit: UnitOfWork) => Promise<T>,
    patience: number,
  ): Promise<Attempt<T>> {
    const { unit, ...outcome } = await onConnection(this.server.writers, async (client) => {
      const unit = new UnitOfWork(kind, this.accessTo(client), patience);
      return { unit, ...(await this.inTransaction(client, unit, () => work(unit))) };
    });
    this.count(unit, outcome);
    if (outcome.ok) unit.runFollowUps();
    return outcome;
  }

  private async inTransaction<T>(client: PoolClient, unit: UnitOfWork, work: () => Promise<T>): Promise<Attempt<T>> {
    try {
      await client.query(BEGIN[unit.kind]);
    } catch (cause) {
      return { ok: false, error: databaseUnavailable(cause), retryable: true, broken: true };
    }
    const outcome = await unit.run(work, this.limits.unitLimitMs);
    return outcome.ok ? this.commit(client, outcome) : this.rollBack(client, unit, outcome.error);
  }

  private async commit<T>(client: PoolClient, outcome: UnitOutcome<T> & { ok: true }): Promise<Attempt<T>> {
    try {
      await client.query('COMMIT');
      return { ...outcome, broken: false };
    } catch (cause) {
      // An answer of the server says that it rolled back; no answer says nothing.
      const answered = hasAnswered(cause);
      const error = answered ? commitFailed(cause) : commitUnknown(cause);
      return { ok: false, error, retryable: isRetryable(cause), broken: !answered };
    }
  }

  private async rollBack<T>(client: PoolClient, unit: UnitOfWork, error: unknown): Promise<Attempt<T>> {
    // A unit that was held up by others' locks, or by a server or a process under load, is worth another try; one whose
    // own code is slow would be slow again.
    const retryable = isRetryable(error) || isRetryable(unit.failedBy) || unit.heldUp;
    const failure = { ok: false, error, retryable } as const;
    return client.query('ROLLBACK').then(
      () => ({ ...failure, broken: false }),
      () => ({ ...failure, broken: true }),
    );
  }

  private accessTo(client: PoolClient): UnitAccess {
    const { dataSource, driver } = this.server;
    return {
      createManager: (unit) => dataSource.createEntityManager(new PostgresUnitRunner(driver, unit, client)),
      createSql: (unit) => postgresSql(client, (sql, dispatch) => unit.execute(sql, dispatch)),
    };
  }

  private async backOff(attempt: number): Promise<void> {
    const waitMs = Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
    this.counters.retries += 1;
    this.counters.writerWaitMs += waitMs;
    await delay(waitMs);
  }

  private count(unit: UnitOfWork, outcome: Attempt<unknown>): void {
    this.counters.batches += 1;
    this.counters.lastBatchSize = outcome.ok ? 1 : 0;
    if (outcome.ok) this.counters.unitsCommitted += 1;
    else if (!outcome.retryable) this.counters.unitsRolledBack += 1;
    if (unit.timedOut) this.counters.unitsTimedOut += 1;
  }
}

type Attempt<T> = (
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown; readonly retryable: boolean }
) &
  ConnectionUse;

function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(driverCode(error) ?? '');
}

/** Whether the server has said no; else the connection was lost: SQLSTATE class 08, a shutdown (57P01 to 57P03), no code. */
export function hasAnswered(error: unknown): boolean {
  const code = driverCode(error);
  return code !== undefined && !/^(08|57P0)/.test(code);
}
