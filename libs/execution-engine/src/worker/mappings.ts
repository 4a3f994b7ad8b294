import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import type { ExpressionEvaluator } from '../ports/expressions.port';
import { StepFailure } from '../ports/step-handler.port';

type Mappings = Readonly<Record<string, JsonValue>>;

/**
 * Resolves mappings: a text is an expression, `{literal: x}` is `x`, any other JSON value is itself. A key whose
 * expression selects nothing is left out.
 * @throws StepFailure with the code of the first expression that failed; not retryable, since the same expression over
 * the same stored values fails again
 */
export async function resolveMappings(
  mappings: Mappings,
  root: JsonValue,
  evaluator: ExpressionEvaluator,
  signal?: AbortSignal,
): Promise<JsonObject> {
  const expressions = Object.entries(mappings).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const values = await evaluator.evaluateAll(
    expressions.map(([, expression]) => expression),
    root,
    signal,
  );
  const results = new Map(expressions.map(([key], index) => [key, values[index]]));
  const resolved: JsonObject = {};
  for (const [key, mapping] of Object.entries(mappings)) {
    const evaluation = results.get(key);
    if (evaluation && !evaluation.ok) throw new StepFailure(evaluation.code, `'${key}': ${evaluation.message}`, false);
    const value = evaluation ? evaluation.value : literalOf(mapping);
    if (value !== undefined) resolved[key] = value;
  }
  return resolved;
}

function literalOf(mapping: JsonValue): JsonValue {
  const isWrapped = typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping) && 'literal' in mapping;
  if (isWrapped && Object.keys(mapping).length === 1) return mapping['literal'] ?? null;
  return mapping;
}

/**
 * Whether a step's condition lets it run. An expression that selects nothing counts as false.
 * @throws StepFailure when it fails, or gives something else than true or false
 */
export async function conditionHolds(
  expression: string,
  root: JsonValue,
  evaluator: ExpressionEvaluator,
  signal?: AbortSignal,
): Promise<boolean> {
  const [evaluation] = await evaluator.evaluateAll([expression], root, signal);
  if (!evaluation?.ok) {
    throw new StepFailure(
      evaluation?.code ?? 'expression_failed',
      `'when': ${evaluation?.message ?? 'no result'}`,
      false,
    );
  }
  if (evaluation.value === undefined) return false;
  if (typeof evaluation.value === 'boolean') return evaluation.value;
  throw new StepFailure(
    'condition_not_boolean',
    `'when' must give true or false, not ${typeof evaluation.value}`,
    false,
  );
}
