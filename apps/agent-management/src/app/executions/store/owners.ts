import { type DatabaseEngine, jsonRows, type SqlRunner } from '@aitbc/shared-core';

/** Only what is due some day has an owner, so the index of due times holds all of them and no ended execution. */
export const LEASE_OWNERS = `SELECT DISTINCT lease_owner AS owner FROM agent_executions
  WHERE wake_at IS NOT NULL AND lease_owner IS NOT NULL`;

/** Who holds leases. */
export async function leaseOwners(sql: SqlRunner): Promise<string[]> {
  const rows = await sql.query<{ owner: string }>(LEASE_OWNERS);
  return rows.map(({ owner }) => owner);
}

/**
 * Takes away the leases of these owners, due at `now`; gives how many. The epoch stays, as in a hand-over: the next claim
 * raises it, and an owner that lives after all is then refused like any that came too late.
 */
export async function releaseOwners(
  sql: SqlRunner,
  engine: DatabaseEngine,
  owners: readonly string[],
  now: number,
): Promise<number> {
  const rows = await sql.query<{ id: string }>(releaseOwnersStatement(engine), [
    JSON.stringify(owners.map((owner) => ({ owner }))),
    now,
  ]);
  return rows.length;
}

export function releaseOwnersStatement(engine: DatabaseEngine): string {
  return `UPDATE agent_executions SET lease_owner = NULL, wake_at = $2
    WHERE wake_at IS NOT NULL
      AND lease_owner IN (SELECT owner FROM ${jsonRows(engine, '$1', 'b', { owner: 'text' })})
    RETURNING id`;
}
