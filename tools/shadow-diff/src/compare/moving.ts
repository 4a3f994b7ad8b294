import { type Difference, keyOf } from './difference';

/** A side that did not answer, or with another status, is never explained by that it did so before. */
const NEVER = new Set(['status', 'unanswered']);

/**
 * The differences that were found in every one of some comparisons, as the last one showed them. What was equal at any
 * time is a change that both sides saw, one of them first.
 */
export function lasting(comparisons: readonly (readonly Difference[])[]): Difference[] {
  const earlier = comparisons.slice(0, -1).map((differences) => new Set(differences.map(keyOf)));
  return (comparisons.at(-1) ?? []).filter((difference) => earlier.every((keys) => keys.has(keyOf(difference))));
}

/** Whether one side's own answers, compared with each other, differ in the same way at the same place. */
export function isMoving(difference: Difference, ownDifferences: readonly Difference[]): boolean {
  return !NEVER.has(difference.kind) && ownDifferences.some((own) => movementOf(own) === movementOf(difference));
}

/** Whether a field came or went is a question of which answer was first. */
function movementOf({ kind, pointer }: Difference): string {
  return keyOf({ kind: kind === 'added-field' ? 'missing-field' : kind, pointer });
}
