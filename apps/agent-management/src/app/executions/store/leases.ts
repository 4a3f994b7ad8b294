import type { HeldLease } from '@aitbc/execution-engine';
import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import { nowOr } from './lease-time';
import { lockInOrder } from './lock-in-order';

interface LeaseRow {
  id: string;
  lease_epoch: number;
}

/** "Still mine": the condition of every write that a worker makes outside a commit. */
const HELD = `agent_executions.id = b.id AND agent_executions.lease_epoch = b.epoch
  AND agent_executions.lease_owner IS NOT NULL`;
const LEASE_COLUMNS = 'agent_executions.id AS id, agent_executions.lease_epoch AS lease_epoch';

function batchOf(engine: DatabaseEngine): string {
  return jsonRows(engine, '$1', 'b', { id: 'text', epoch: 'integer' });
}

function parameter(leases: readonly HeldLease[]): string {
  return JSON.stringify(leases.map(({ executionId, leaseEpoch }) => ({ id: executionId, epoch: leaseEpoch })));
}

/** Extends leases by `leaseMs` from `now` (null: the database's clock); gives those that are no longer held. */
export async function renew(
  sql: SqlRunner,
  engine: DatabaseEngine,
  leases: readonly HeldLease[],
  leaseMs: number,
  now: number | null,
): Promise<HeldLease[]> {
  await lockInOrder(
    sql,
    engine,
    'agent_executions',
    leases.map(({ executionId }) => executionId),
  );
  const kept = await sql.query<LeaseRow>(
    `UPDATE agent_executions SET wake_at = ${nowOr(engine, '$2')} + CAST($3 AS bigint)
      FROM ${batchOf(engine)} WHERE ${HELD} RETURNING ${LEASE_COLUMNS}`,
    [parameter(leases), now, leaseMs],
  );
  return without(leases, kept);
}

/** Those of the leases that are no longer held. */
export async function lost(sql: SqlRunner, engine: DatabaseEngine, leases: readonly HeldLease[]): Promise<HeldLease[]> {
  const kept = await sql.query<LeaseRow>(
    `SELECT ${LEASE_COLUMNS} FROM ${batchOf(engine)} JOIN agent_executions ON ${HELD}`,
    [parameter(leases)],
  );
  return without(leases, kept);
}

/** Hands back a lease, due at `wakeAt`. */
export async function release(sql: SqlRunner, lease: HeldLease, wakeAt: number | null): Promise<void> {
  await sql.query(
    `UPDATE agent_executions SET lease_owner = NULL, wake_at = $3
      WHERE id = $1 AND lease_epoch = $2 AND lease_owner IS NOT NULL`,
    [lease.executionId, lease.leaseEpoch, wakeAt],
  );
}

function without(leases: readonly HeldLease[], kept: readonly LeaseRow[]): HeldLease[] {
  const epochs = new Map(kept.map(({ id, lease_epoch }) => [id, lease_epoch]));
  return leases.filter(({ executionId, leaseEpoch }) => epochs.get(executionId) !== leaseEpoch);
}
