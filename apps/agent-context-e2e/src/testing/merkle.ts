import { createHash } from 'node:crypto';
import { canonical } from './json';

export interface InclusionProof {
  readonly leaf_index: number;
  readonly tree_size: number;
  readonly inclusion_path: readonly string[];
}

/** Root of the RFC 9162 tree over the canonical entries, ordered by `step_id`. */
export function stepsRoot(steps: readonly { readonly step_id: string }[]): string {
  const ordered = [...steps].sort((a, b) => (a.step_id < b.step_id ? -1 : 1));
  return rootOf(ordered.map((step) => hash(Buffer.of(0x00), Buffer.from(canonical(step))))).toString('hex');
}

/** A leaf's way to the root (RFC 9162 §2.1.3.2): the root that entry and proof lead to, or nothing if they lead to none. */
export function rootByProof(
  entry: unknown,
  { leaf_index: index, tree_size: size, inclusion_path: path }: InclusionProof,
): string | undefined {
  let [node, last] = [index, size - 1];
  let reached = hash(Buffer.of(0x00), Buffer.from(canonical(entry)));
  for (const sibling of path.map((text) => Buffer.from(text, 'hex'))) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      reached = hash(Buffer.of(0x01), sibling, reached);
      while (node % 2 === 0 && node !== 0) [node, last] = [node >> 1, last >> 1];
    } else {
      reached = hash(Buffer.of(0x01), reached, sibling);
    }
    [node, last] = [node >> 1, last >> 1];
  }
  return last === 0 ? reached.toString('hex') : undefined;
}

function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return hash();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hash(Buffer.of(0x01), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

function hash(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
