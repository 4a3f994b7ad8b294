import { createHash } from 'node:crypto';

/** Canonical JSON (RFC 8785) of a parsed JSON value: ECMAScript's own numbers and texts, keys sorted by UTF-16. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** Lower-case hexadecimal SHA-256 of the canonical JSON. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** Objects within objects, `depth` of them. */
export function nested(depth: number): unknown {
  return depth === 0 ? 1 : { x: nested(depth - 1) };
}
