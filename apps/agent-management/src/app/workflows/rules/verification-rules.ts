import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import { type FieldError, pointerInto } from '@aitbc/shared-core';
import type { VerificationLevel } from '@aitbc/shared-domain';
import type { StepDefinition, WorkflowDefinition } from '../workflow-definition';

const LEVEL = 'verification_level';
const CONTRADICTION = 'asks for checks, but requires_verification is false: then none are made';

/**
 * What of the wished verification cannot be done. It is refused: a level silently lowered, or a proof silently left
 * out, would show only in the receipt, when the work is paid for.
 */
export function verificationProblems(
  definition: WorkflowDefinition,
  prover: Pick<ZeroKnowledgeProver, 'unavailable'>,
): FieldError[] {
  const { verificationLevel, requiresVerification, steps } = definition;
  const can: Possible = { required: requiresVerification, unavailable: prover.unavailable() };
  return [...levelProblems(verificationLevel, can, `/${LEVEL}`), ...steps.flatMap((step) => stepProblems(step, can))];
}

interface Possible {
  /** `requires_verification` of the workflow. */
  readonly required: boolean;
  /** Why there is no zero-knowledge proof. */
  readonly unavailable: string | undefined;
}

function stepProblems(step: StepDefinition, can: Possible): FieldError[] {
  const pointer = pointerInto('/steps', step.id);
  const proof = { pointer: `${pointer}/requires_proof`, message: 'proofs of single steps are not available yet' };
  return [
    ...levelProblems(step.verificationLevel, can, pointerInto(pointer, LEVEL)),
    ...(step.requiresProof ? [proof] : []),
  ];
}

function levelProblems(level: VerificationLevel | null, can: Possible, pointer: string): FieldError[] {
  if (level === 'zero-knowledge' && can.unavailable !== undefined) {
    return [{ pointer, message: `zero-knowledge is not available, use basic or full: ${can.unavailable}` }];
  }
  return level !== null && level !== 'basic' && !can.required ? [{ pointer, message: CONTRADICTION }] : [];
}
