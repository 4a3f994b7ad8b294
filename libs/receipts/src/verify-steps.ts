import { fromUnits, toUnits } from '@aitbc/shared-core';
import { Checks, ensure } from './checks';
import { isReceiptStep } from './receipt-shape';
import { ExecutionReceiptPayload, ReceiptStep } from './receipt.types';
import { stepsRoot } from './steps-tree';

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
    ensure(sum === toUnits(total), `the steps cost ${fromUnits(sum)}, the receipt says ${total}`);
    return `the steps' costs add up to ${total}`;
  });
  return steps;
}

function readSteps(shown: unknown): readonly ReceiptStep[] {
  ensure(Array.isArray(shown) && shown.every(isReceiptStep), 'the steps shown are not well-formed');
  const ids = new Set(shown.map((step) => step.step_id));
  ensure(ids.size === shown.length, 'a step is shown twice');
  return shown;
}
