import { type FieldError, pointerInto } from '@aitbc/shared-core';
import type { VerificationLevel } from '@aitbc/shared-domain';
import type { StepDefinition, WorkflowDefinition } from '../workflow-definition';

const LEVEL = 'verification_level';
const CONTRADICTION = 'asks for checks, but requires_verification is false: then none are made';

/**
 * What of the wished verification cannot be done. It is refused: a level silently lowered, or a proof silently left
 * out, would show only in the receipt, when the work is paid for.
 */
export function verificationProblems(definition: WorkflowDefinition): FieldError[] {
  const { verificationLevel, requiresVerification, steps } = definition;
  return [
    ...levelProblems(verificationLevel, requiresVerification, `/${LEVEL}`),
    ...steps.flatMap((step) => stepProblems(step, requiresVerification)),
  ];
}

function stepProblems(step: StepDefinition, required: boolean): FieldError[] {
  const pointer = pointerInto('/steps', step.id);
  const proof = { pointer: `${pointer}/requires_proof`, message: 'proofs of single steps are not available yet' };
  return [
    ...levelProblems(step.verificationLevel, required, pointerInto(pointer, LEVEL)),
    ...(step.requiresProof ? [proof] : []),
  ];
}

function levelProblems(level: VerificationLevel | null, required: boolean, pointer: string): FieldError[] {
  if (level === 'zero-knowledge') {
    return [{ pointer, message: 'zero-knowledge verification is not available yet: use basic or full' }];
  }
  return level === 'full' && !required ? [{ pointer, message: CONTRADICTION }] : [];
}
