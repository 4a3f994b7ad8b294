import type { NewSignal, StoredSignal } from '@aitbc/execution-engine';
import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { nowOr } from './lease-time';

interface SignalRow {
  id: string;
  name: string;
  data: string;
}

/**
 * Stores a signal. The wake-up comes first, since it locks the execution's row: a hand-over by its worker that is under
 * way is then either seen here, or comes later and sees the signal.
 * @param now null: the database's clock
 */
export async function addSignal(
  sql: SqlRunner,
  engine: DatabaseEngine,
  signal: NewSignal,
  now: number | null,
): Promise<void> {
  const { id, executionId, name, data, sentBy, sentAt } = signal;
  await sql.query(
    `UPDATE agent_executions SET wake_at = CASE
        WHEN lease_owner IS NULL AND status IN ('running', 'waiting') THEN ${nowOr(engine, '$2')} ELSE wake_at END
      WHERE id = $1`,
    [executionId, now],
  );
  await sql.query(
    `INSERT INTO execution_signals (id, execution_id, name, data, sent_by, sent_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, executionId, name, data, sentBy, sentAt],
  );
}

/** Signals that no step has taken, oldest first. */
export async function pendingSignals(sql: SqlRunner, executionId: string): Promise<StoredSignal[]> {
  const rows = await sql.query<SignalRow>(
    `SELECT id, name, data FROM execution_signals WHERE execution_id = $1 AND consumed_at IS NULL ORDER BY id`,
    [executionId],
  );
  return rows.map(({ id, name, data }) => ({ id, name, data }));
}

/** Those of the executions that have signals which no step has taken. */
export async function withPendingSignals(
  sql: SqlRunner,
  engine: DatabaseEngine,
  executionIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT b.id AS id FROM ${jsonRows(engine, '$1', 'b', { id: 'text' })}
      JOIN execution_signals s ON s.execution_id = b.id AND s.consumed_at IS NULL`,
    [JSON.stringify(executionIds.map((id) => ({ id })))],
  );
  return rows.map(({ id }) => id);
}

/** In the transaction of the commits whose steps took them. */
export async function consumeSignals(
  sql: SqlRunner,
  engine: DatabaseEngine,
  taken: readonly { readonly id: string; readonly at: number }[],
): Promise<void> {
  if (taken.length === 0) return;
  await sql.query(
    `UPDATE execution_signals SET consumed_at = b.at
      FROM ${jsonRows(engine, '$1', 'b', { id: 'text', at: 'integer' })} WHERE execution_signals.id = b.id`,
    [JSON.stringify(taken)],
  );
}

/** A waiting step of an execution that a commit hands over. */
export interface SignalWait {
  readonly executionId: string;
  readonly name: string;
}

/**
 * In the transaction of a hand-over: makes it due at `now` (null: the database's clock) where a signal is stored that it
 * waits for. A signal that came while the execution was held woke nobody, and the holder may die before it looks again.
 * This comes after the execution's row was locked: a signal is either seen here, or finds the execution handed over.
 */
export async function wakeForSignals(
  sql: SqlRunner,
  engine: DatabaseEngine,
  waits: readonly SignalWait[],
  now: number | null,
): Promise<void> {
  if (waits.length === 0) return;
  await sql.query(
    `UPDATE agent_executions SET wake_at = ${nowOr(engine, '$2')}
      WHERE id IN (
        SELECT s.execution_id FROM ${jsonRows(engine, '$1', 'b', { id: 'text', name: 'text' })}
        JOIN execution_signals s ON s.execution_id = b.id AND s.name = b.name AND s.consumed_at IS NULL
      ) AND lease_owner IS NULL AND status IN ('running', 'waiting')`,
    [JSON.stringify(waits.map(({ executionId, name }) => ({ id: executionId, name }))), now],
  );
}
