/** Thrown for a result that has no JSON form, or too large a one. */
export class NotPlainJson extends Error {}

/**
 * Refuses functions anywhere in a result: JSON.stringify would drop native ones in silence, and follow JSONata's
 * lambdas, which are objects, into the evaluator's own environment.
 * @throws NotPlainJson for a function, a number that JSON does not have, or nesting beyond `depth` levels.
 */
export function requirePlainJson(value: unknown, depth: number): void {
  if (typeof value === 'function') throw new NotPlainJson('the result is or holds a function');
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new NotPlainJson('the result holds a number that JSON does not have');
  if (typeof value !== 'object' || value === null) return;
  if (depth <= 0) throw new NotPlainJson('the result is nested too deep');
  if (Array.isArray(value)) {
    for (const item of value) requirePlainJson(item, depth - 1);
    return;
  }
  if (isJsonataFunction(value)) throw new NotPlainJson('the result is or holds a function');
  for (const item of Object.values(value)) requirePlainJson(item, depth - 1);
}

/** A lambda, or a native function wrapped by JSONata. Only the evaluator can put a function into such an object. */
function isJsonataFunction(value: object): boolean {
  return '_jsonata_lambda' in value || '_jsonata_function' in value;
}
