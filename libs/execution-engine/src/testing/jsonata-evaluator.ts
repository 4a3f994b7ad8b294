import type { JsonValue } from '@aitbc/shared-domain';
import jsonata from 'jsonata';
import type { Evaluation, ExpressionEvaluator } from '../ports/expressions.port';

/** Evaluates in the test's own process: right for tests of the engine, whose expressions are the tests' own. */
export class JsonataEvaluator implements ExpressionEvaluator {
  evaluateAll(expressions: readonly string[], root: JsonValue): Promise<Evaluation[]> {
    return Promise.all(expressions.map((expression) => evaluate(expression, root)));
  }
}

async function evaluate(expression: string, root: JsonValue): Promise<Evaluation> {
  try {
    const value: unknown = await jsonata(expression).evaluate(root);
    return { ok: true, value: value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as JsonValue) };
  } catch (error) {
    return { ok: false, code: 'expression_failed', message: String((error as { message?: unknown }).message) };
  }
}
