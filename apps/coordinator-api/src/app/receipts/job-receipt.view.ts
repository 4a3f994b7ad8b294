import type { JobReceipt } from '@aitbc/coordinator-domain';
import type { JobReceiptPayload } from '@aitbc/receipts';
import { fromUnits } from '@aitbc/shared-core';

/** A receipt with its signed payload in readable form; only the JWS proves anything. */
export function jobReceiptView(receipt: JobReceipt) {
  return {
    id: receipt.id,
    receipt_id: receipt.id,
    job_id: receipt.jobId,
    client_id: receipt.clientId,
    miner_id: receipt.minerId,
    cost: fromUnits(receipt.cost),
    issued_at: new Date(receipt.issuedAt).toISOString(),
    jws: receipt.jws,
    payload: jobReceiptPayload(receipt),
    miner_key: receipt.minerKey,
  };
}

/** What the receipt states. Our own JWS, straight from the database: it is decoded for the reader, not verified. */
export function jobReceiptPayload({ jws }: JobReceipt): JobReceiptPayload {
  const [, payload = ''] = jws.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JobReceiptPayload;
}
