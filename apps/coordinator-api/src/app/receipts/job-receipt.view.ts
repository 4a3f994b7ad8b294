import type { JobReceipt } from '@aitbc/coordinator-domain';
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
    payload: payloadOf(receipt.jws),
    miner_key: receipt.minerKey,
  };
}

/** Our own JWS, straight from the database: it is decoded for the reader, not verified. */
function payloadOf(jws: string): unknown {
  const [, payload = ''] = jws.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
}
