import { fromUnits, toUnits } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { isInclusionProof, isReceiptStep } from './receipt-shape';
import { ExecutionReceiptPayload, ReceiptStep } from './receipt.types';
import { stepsRoot, verifyStep } from './steps-tree';

/** Checks the steps that travel beside a receipt against its signed root, count and cost. Gives them when well-formed. */
export function checkSteps(
  checks: Checks,
  shown: unknown,
  { steps_root: root, steps_count: count, total_cost: total }: ExecutionReceiptPayload,
): readonly ReceiptStep[] | undefined {
  const steps = checks.read(
    'steps',
    () => readSteps(shown),
    () => 'every step is well-formed and shown once',
  );
  if (!steps) return undefined;
  checks.run('steps_count', () => {
    ensure(steps.length === count, `the receipt counts ${count} steps, ${steps.length} are shown`);
    return `${count} steps`;
  });
  checks.run('steps_root', () => {
    ensure(stepsRoot(steps) === root, 'the steps shown are not those of the receipt');
    return `Merkle root ${root}`;
  });
  checks.run('total_cost', () => {
    const sum = steps.reduce((units, { cost }) => units + toUnits(cost), 0);
    ensure(fromUnits(sum) === total, `the steps cost ${fromUnits(sum)}, the receipt says ${total}`);
    return `the steps' costs add up to ${total}`;
  });
  return steps;
}

/** Checks a step that is shown without the others, by its inclusion proof. Gives its entry when it is well-formed. */
export function checkProvedStep(
  checks: Checks,
  shown: { readonly entry?: unknown; readonly inclusion_proof?: unknown },
  payload: ExecutionReceiptPayload,
): ReceiptStep | undefined {
  const entry = checks.read(
    'entry',
    () => {
      ensure(isReceiptStep(shown.entry), 'the entry shown is not well-formed');
      return shown.entry;
    },
    ({ step_id: id }) => `step ${id} is well-formed`,
  );
  if (!entry) return undefined;
  checks.run('inclusion_proof', () => {
    const proof = shown.inclusion_proof;
    ensure(isInclusionProof(proof), 'there is no well-formed inclusion proof');
    ensure(
      verifyStep({ entry, inclusion_proof: proof }, payload),
      'the proof does not lead from the entry to the root of the receipt',
    );
    return `step ${proof.leaf_index + 1} of ${proof.tree_size} under the Merkle root ${payload.steps_root}`;
  });
  return entry;
}

function readSteps(shown: unknown): readonly ReceiptStep[] {
  ensure(Array.isArray(shown) && shown.every(isReceiptStep), 'the steps shown are not well-formed');
  const ids = new Set(shown.map((step) => step.step_id));
  ensure(ids.size === shown.length, 'a step is shown twice');
  return shown;
}
