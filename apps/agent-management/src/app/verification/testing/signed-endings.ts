import type { JobSubmission } from '@aitbc/contracts';
import { issueJobReceipt } from '@aitbc/receipts';
import {
  canonicalJson,
  type Ed25519PublicJwk,
  generateSigningKey,
  newId,
  sha256Hex,
  signJws,
  type TextSigner,
} from '@aitbc/shared-core';
import { ISSUER } from '../../testing/agent-context-fixture';

const RESULT = { text: 'hello' };
const RESULT_HASH = sha256Hex(canonicalJson(RESULT));
const miner = generateSigningKey();

/** Public key of the miner that signs the results of {@link signedEndings}. */
export const minerKey: Ed25519PublicJwk = miner.jwk;

/** Ends each job at once with the same result, signed by a miner and countersigned; for `endNext` of the test's jobs. */
export function signedEndings(signer: TextSigner, costUnits = 5_000_000) {
  return ({ clientId, serviceType }: JobSubmission) => {
    const receiptId = newId('rcpt');
    const claim = { job_id: newId('job'), attempt: 1, miner_id: 'miner_1', result_hash: RESULT_HASH };
    const facts = {
      ...claim,
      ...{ client_id: clientId, service_type: serviceType, request_hash: sha256Hex('{}'), costUnits },
      miner_jws: signJws(canonicalJson(claim), miner, 'aitbc-miner-result+jws'),
      ...{ completed_at: new Date(0).toISOString(), issuer: ISSUER },
    };
    const { jws } = issueJobReceipt(facts, signer, { receiptId, issuedAt: 1 });
    return { result: RESULT, costUnits, receiptId, receipt: jws };
  };
}
