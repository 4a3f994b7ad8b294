import { validationFailed } from '@aitbc/shared-core';
import { VERIFICATION_LEVELS, type VerificationLevel } from '@aitbc/shared-domain';
import type { WorkflowVersion } from '../workflows';

const POINTER = '/verification_level';

/**
 * The level of a new execution: the strictest that the request (or else the workflow) or any step asks for.
 * @throws AppError `validation_failed` when the request asks for what would not be done.
 */
export function levelOf(version: WorkflowVersion, requested: VerificationLevel | undefined): VerificationLevel {
  if (requested === 'zero-knowledge') {
    throw refused('zero-knowledge verification is not available on this platform yet; use basic or full');
  }
  if (requested === 'full' && !version.requiresVerification) {
    throw refused('the workflow has requires_verification false, so that no checks are made');
  }
  const ofSteps = version.steps.map((step) => step.verificationLevel ?? 'basic');
  return strictest([requested ?? version.verificationLevel, ...ofSteps]);
}

/** The levels stand in order of strictness. */
function strictest(levels: readonly VerificationLevel[]): VerificationLevel {
  return VERIFICATION_LEVELS[Math.max(...levels.map((level) => VERIFICATION_LEVELS.indexOf(level)))] ?? 'basic';
}

function refused(message: string): Error {
  return validationFailed([{ pointer: POINTER, message }]);
}
