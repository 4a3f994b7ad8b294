import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import type { Evaluation, ExpressionEvaluator } from '../ports/expressions.port';
import { StepFailure } from '../ports/step-handler.port';

type Mappings = Readonly<Record<string, JsonValue>>;

/**
 * Resolves mappings: a text is an expression, `{literal: x}` is `x`, any other JSON value is itself. A key whose
 * expression selects nothing is left out.
 * @throws StepFailure with the code of the first expression that failed; retryable only when the evaluator was to blame,
 * since the same expression over the same stored values fails again
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
    if (evaluation && !evaluation.ok) throw failureOf(key, evaluation);
    const value = evaluation ? evaluation.value : literalOf(mapping);
    if (value !== undefined) resolved[key] = value;
  }
  return resolved;
}

function failureOf(key: string, { code, message, retryable }: Extract<Evaluation, { ok: false }>): StepFailure {
  return new StepFailure(code, `'${key}': ${message}`, retryable ?? false);
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
  if (!evaluation) throw new StepFailure('expression_failed', `'when' was not evaluated`, false);
  if (!evaluation.ok) throw failureOf('when', evaluation);
  if (evaluation.value === undefined) return false;
  if (typeof evaluation.value === 'boolean') return evaluation.value;
  throw new StepFailure(
    'condition_not_boolean',
    `'when' must give true or false, not ${typeof evaluation.value}`,
    false,
  );
}
