import { canonicalJson, parseEd25519PublicKey, verifyJws } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { JobReceiptPayload } from './receipt.types';

/** Checks that the miner itself signed this very result of this attempt, with the given key. */
export function checkMinerClaim(checks: Checks, payload: JobReceiptPayload, minerKey: unknown): void {
  checks.run('miner_signature', () => {
    const key = parseEd25519PublicKey(minerKey, '/miner_key');
    const { payload: text } = verifyJws(payload.miner_jws, () => key);
    const { job_id, attempt, miner_id, result_hash } = payload;
    ensure(text === canonicalJson({ job_id, attempt, miner_id, result_hash }), 'the miner signed something else');
    return `signed by the miner's key ${key.kid}`;
  });
}
