import { createHash } from 'node:crypto';
import { canonical } from './json';

/** Root of the RFC 9162 tree over the canonical entries, ordered by `step_id`. */
export function stepsRoot(steps: readonly { readonly step_id: string }[]): string {
  const ordered = [...steps].sort((a, b) => (a.step_id < b.step_id ? -1 : 1));
  return rootOf(ordered.map((step) => hash(Buffer.of(0x00), Buffer.from(canonical(step))))).toString('hex');
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
