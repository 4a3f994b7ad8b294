import type { JobReceipt } from '@aitbc/coordinator-domain';
import type { SqlRunner } from '@aitbc/shared-core';

/** Stores a receipt in the unit that completes its job. */
export async function insertJobReceipt(sql: SqlRunner, receipt: JobReceipt): Promise<void> {
  await sql.query(
    `INSERT INTO job_receipts (id, job_id, client_id, miner_id, cost, jws, miner_key, issued_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      receipt.id,
      receipt.jobId,
      receipt.clientId,
      receipt.minerId,
      receipt.cost,
      receipt.jws,
      JSON.stringify(receipt.minerKey),
      receipt.issuedAt,
    ],
  );
}
