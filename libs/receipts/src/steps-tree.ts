import { canonicalJson } from '@aitbc/shared-core';
import { Hash, inclusionProof, leafHash, merkleRoot, verifyInclusion } from './merkle-tree';
import { ReceiptStep, StepProof } from './receipt.types';

/** Entries in the order of the tree: by UTF-16 code units of `step_id`, as RFC 8785 sorts keys. */
export function orderSteps(steps: readonly ReceiptStep[]): ReceiptStep[] {
  return [...steps].sort((a, b) => (a.step_id < b.step_id ? -1 : a.step_id > b.step_id ? 1 : 0));
}

/** Hexadecimal root of the steps' tree; the order of the array does not matter. */
export function stepsRoot(steps: readonly ReceiptStep[]): string {
  return merkleRoot(leavesOf(orderSteps(steps))).toString('hex');
}

/** @throws RangeError when there is no such step. */
export function proveStep(steps: readonly ReceiptStep[], stepId: string): StepProof {
  const ordered = orderSteps(steps);
  const index = ordered.findIndex((step) => step.step_id === stepId);
  const step = ordered[index];
  if (!step) throw new RangeError(`the receipt has no step ${stepId}`);
  const proof = inclusionProof(leavesOf(ordered), index).map((hash) => hash.toString('hex'));
  return { step, index, steps_count: ordered.length, proof };
}

/** Whether that step belongs to the receipt with this `steps_root`. */
export function verifyStep({ step, index, steps_count: size, proof }: StepProof, root: string): boolean {
  const hashes = [root, ...proof].map(parseHash);
  const [expected, ...siblings] = hashes.filter((hash) => hash !== undefined);
  if (!expected || siblings.length !== proof.length) return false;
  return verifyInclusion({ leaf: leafHash(canonicalJson(step)), index, size, proof: siblings }, expected);
}

function leavesOf(steps: readonly ReceiptStep[]): Hash[] {
  return steps.map((step) => leafHash(canonicalJson(step)));
}

/** Only lower-case hexadecimal of 32 bytes: one hash has one text. */
function parseHash(text: string): Hash | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}
