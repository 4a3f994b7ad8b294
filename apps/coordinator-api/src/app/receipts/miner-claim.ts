import type { MinerResultClaim } from '@aitbc/contracts';
import type { MinerKey } from '@aitbc/coordinator-domain';
import {
  type AppError,
  canonicalJson,
  JwsError,
  validationFailed,
  verifyingKeyFrom,
  verifyJws,
} from '@aitbc/shared-core';

/** A claim whose signature is verified; what it says has still to be compared. */
export interface SignedClaim {
  readonly jws: string;
  /** The signed text. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const POINTER = '/signature';

/**
 * The claim in a miner's JWS, once its signature is verified with the miner's registered key.
 * @throws AppError `validation_failed`
 */
export function readMinerClaim(jws: string, minerKey: MinerKey): SignedClaim {
  const key = verifyingKeyFrom(minerKey);
  try {
    const { payload } = verifyJws(jws, () => key);
    return { jws, text: payload, fields: fieldsOf(payload) };
  } catch (error) {
    if (error instanceof JwsError) throw refused(`is not the miner's signature: ${error.message}`);
    throw error;
  }
}

/**
 * Holds when the miner signed exactly this, in canonical form: whoever verifies the receipt later compares the text.
 * @throws AppError `validation_failed`
 */
export function assertClaims({ text, fields }: SignedClaim, expected: MinerResultClaim): void {
  if (text === canonicalJson(expected)) return;
  const differing = Object.entries(expected)
    .filter(([name, value]) => fields[name] !== value)
    .map(([name]) => name);
  throw refused(
    differing.length > 0
      ? `signs another ${differing.join(', ')}`
      : 'must sign the canonical JSON of job_id, attempt, miner_id and result_hash, and nothing else',
  );
}

function fieldsOf(payload: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(payload);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Falls through: not JSON and not an object are the same fault to the miner.
  }
  throw refused('must sign a JSON object');
}

function refused(message: string): AppError {
  return validationFailed([{ pointer: POINTER, message }]);
}
