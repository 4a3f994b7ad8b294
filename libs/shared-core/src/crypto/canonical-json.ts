import canonicalize from 'canonicalize';
import { pointerTo } from '../errors/json-pointer';
import { isWellFormed } from './well-formed';

/** Deep enough for any real document, shallow enough that neither this file nor the serialiser runs out of stack. */
const MAX_DEPTH = 256;

/** The value has no canonical JSON form. `pointer` is a JSON Pointer to the part that has none. */
export class CanonicalJsonError extends Error {
  constructor(
    readonly pointer: string,
    readonly reason: string,
  ) {
    super(`no canonical JSON for the value at '${pointer}': ${reason}`);
    this.name = 'CanonicalJsonError';
  }
}

/**
 * The one JSON text of a value (RFC 8785), which is what gets hashed and signed. Members of objects that are
 * `undefined` are left out, as in `JSON.stringify`.
 * @throws CanonicalJsonError for what another reader could understand differently: lone surrogates, numbers that are
 * not finite, integers beyond ±(2⁵³ − 1), values that are not JSON, cycles.
 */
export function canonicalJson(value: unknown): string {
  assertCanonical(value, []);
  const text = canonicalize(value);
  if (text === undefined) throw new CanonicalJsonError('', 'it is not a JSON value');
  return text;
}

/** Keys and indexes on the way down; one array for the whole walk, since a new one for each value doubles its cost. */
type Path = (string | number)[];

function assertCanonical(value: unknown, path: Path): void {
  const reason = path.length > MAX_DEPTH ? 'it is nested too deeply or contains itself' : problemOf(value);
  if (reason !== undefined) throw new CanonicalJsonError(pointerTo(path.slice(0, 40)), reason);
  if (Array.isArray(value)) assertItems(value, path);
  else if (typeof value === 'object' && value !== null) assertMembers(value, path);
}

/** By index: `forEach` would pass over holes, and so would the serialiser. */
function assertItems(items: readonly unknown[], path: Path): void {
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    assertCanonical(items[index], path);
    path.pop();
  }
}

function assertMembers(value: object, path: Path): void {
  for (const [key, item] of Object.entries(value)) {
    if (!isWellFormed(key)) throw new CanonicalJsonError(pointerTo(path), 'a key has a lone surrogate');
    if (item === undefined) continue;
    path.push(key);
    assertCanonical(item, path);
    path.pop();
  }
}

/** Why this value, its parts left aside, is not canonical JSON. */
function problemOf(value: unknown): string | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? undefined : 'it has a lone surrogate';
  if (typeof value === 'number') return numberProblem(value);
  if (typeof value === 'boolean' || value === null || Array.isArray(value)) return undefined;
  return isPlainObject(value) ? undefined : 'it is not a JSON value';
}

function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'it is not a finite number';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 'it is an integer beyond 2^53 - 1' : undefined;
}

/** Dates, Maps and the like would be written as text or as `{}`, which is not what the caller holds. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.prototype.toString.call(value) === '[object Object]' &&
    !('toJSON' in value && typeof value.toJSON === 'function')
  );
}
