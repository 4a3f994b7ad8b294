import type { JsonValue } from '@aitbc/shared-domain';

const PATH = /^\s*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\s*$/;
/** Names that mean something else in JSONata. */
const WORDS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function', 'lambda']);

/**
 * Evaluates a JSONata expression that is a mere path (`steps.fetch.output`) here: most mappings are, and the trip to a
 * child process takes far longer than looking at a few objects. Only where JSONata's answer is beyond doubt: each name
 * leads from an object to its own member, and no array is met, over which JSONata would map and flatten.
 * @returns `undefined` when the expression is to be evaluated by JSONata; `{value: undefined}`: it selects nothing
 */
export function plainPath(expression: string, root: JsonValue): { readonly value: JsonValue | undefined } | undefined {
  if (!PATH.test(expression)) return undefined;
  const names = expression.trim().split('.');
  // All of them first: JSONata refuses such a step also where a name before it selects nothing.
  if (names.some((name) => WORDS.has(name))) return undefined;
  let value: JsonValue | undefined = root;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, name)) return { value: undefined };
    value = value[name];
  }
  return Array.isArray(value) ? undefined : { value };
}
