import { canonicalJson } from '@aitbc/shared-core';
import { Hash, inclusionProof, leafHash, merkleRoot, verifyInclusion } from './merkle-tree';
import { ExecutionReceiptPayload, ProvedStep, ReceiptStep } from './receipt.types';

/** Entries in the order of the tree: by UTF-16 code units of `step_id`, as RFC 8785 sorts keys. */
export function orderSteps(steps: readonly ReceiptStep[]): ReceiptStep[] {
  return [...steps].sort((a, b) => (a.step_id < b.step_id ? -1 : a.step_id > b.step_id ? 1 : 0));
}

/** Hexadecimal root of the steps' tree; the order of the array does not matter. */
export function stepsRoot(steps: readonly ReceiptStep[]): string {
  return merkleRoot(leavesOf(orderSteps(steps))).toString('hex');
}

/** @throws RangeError when there is no such step. */
export function proveStep(steps: readonly ReceiptStep[], stepId: string): ProvedStep {
  const ordered = orderSteps(steps);
  const index = ordered.findIndex((step) => step.step_id === stepId);
  const entry = ordered[index];
  if (!entry) throw new RangeError(`the receipt has no step ${stepId}`);
  const path = inclusionProof(leavesOf(ordered), index).map((hash) => hash.toString('hex'));
  return { entry, inclusion_proof: { leaf_index: index, tree_size: ordered.length, inclusion_path: path } };
}

/** Whether that step belongs to the receipt that states this root and this many steps. */
export function verifyStep(
  { entry, inclusion_proof: { leaf_index: index, tree_size: size, inclusion_path: path } }: ProvedStep,
  { steps_root: root, steps_count: count }: Pick<ExecutionReceiptPayload, 'steps_root' | 'steps_count'>,
): boolean {
  const [expected, ...proof] = [root, ...path].map(parseHash);
  if (size !== count || !expected || !isWhole(proof)) return false;
  return verifyInclusion({ leaf: leafHash(canonicalJson(entry)), index, size, proof }, expected);
}

function leavesOf(steps: readonly ReceiptStep[]): Hash[] {
  return steps.map((step) => leafHash(canonicalJson(step)));
}

/** Only lower-case hexadecimal of 32 bytes: one hash has one text. */
function parseHash(text: string): Hash | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}

function isWhole(proof: readonly (Hash | undefined)[]): proof is readonly Hash[] {
  return proof.every((hash) => hash !== undefined);
}
