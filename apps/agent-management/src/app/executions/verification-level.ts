import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import { validationFailed } from '@aitbc/shared-core';
import { VERIFICATION_LEVELS, type VerificationLevel } from '@aitbc/shared-domain';
import type { WorkflowVersion } from '../workflows';

/**
 * The level of a new execution: the strictest that the request (or else the workflow) or any step asks for.
 * @param pointer to the field of the request that decides, for the error.
 * @throws AppError `validation_failed` when the request asks for what would not be done.
 */
export function levelOf(
  version: WorkflowVersion,
  requested: VerificationLevel | undefined,
  prover: Pick<ZeroKnowledgeProver, 'unavailable'>,
  pointer = '/verification_level',
): VerificationLevel {
  const refused = (message: string) => validationFailed([{ pointer, message }]);
  if (requested !== undefined && requested !== 'basic' && !version.requiresVerification) {
    throw refused('the workflow has requires_verification false, so that no checks are made');
  }
  const ofSteps = version.steps.map((step) => step.verificationLevel ?? 'basic');
  const level = strictest([requested ?? version.verificationLevel, ...ofSteps]);
  const unavailable = level === 'zero-knowledge' ? prover.unavailable() : undefined;
  // The workflow may have been stored by a release that could prove: its level is refused here, not lowered.
  if (unavailable !== undefined) throw refused(`zero-knowledge is not available, use basic or full: ${unavailable}`);
  return level;
}

/** The levels stand in order of strictness. */
function strictest(levels: readonly VerificationLevel[]): VerificationLevel {
  return VERIFICATION_LEVELS[Math.max(...levels.map((level) => VERIFICATION_LEVELS.indexOf(level)))] ?? 'basic';
}
