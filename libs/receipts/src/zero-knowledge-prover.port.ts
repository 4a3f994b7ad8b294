import { AppError } from '@aitbc/shared-core';
import { ReceiptCheck } from './receipt.types';

/**
 * Makes the proofs of verification level `zero-knowledge`: that the steps of an execution hash to public commitments and
 * kept their limits, without revealing inputs, outputs or durations.
 */
export interface ZeroKnowledgeProver {
  /**
   * Why no proof can be made on this platform; `undefined` when proofs can be made. Asked where the level is requested,
   * so that it is refused before the work is done and paid for.
   */
  unavailable(): string | undefined;

  /**
   * Proves a finished execution from its stored rows; gives the check that its receipt states.
   * @throws AppError `prover_unavailable`
   */
  prove(executionId: string): Promise<ReceiptCheck>;
}

const REASON = 'this platform has no prover';

/** Makes no proofs, and says so. The level is refused by it, never lowered. */
export class UnavailableProver implements ZeroKnowledgeProver {
  unavailable(): string {
    return REASON;
  }

  async prove(executionId: string): Promise<ReceiptCheck> {
    throw new AppError('prover_unavailable', `no zero-knowledge proof of '${executionId}' can be made: ${REASON}`, {
      retryAfterSeconds: 60,
    });
  }
}
