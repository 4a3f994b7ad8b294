import type { Evaluation, ExpressionEvaluator } from '@aitbc/execution-engine';
import type { JsonValue } from '@aitbc/shared-domain';
import { plainExpression } from './plain-expression';

/** Evaluates plain expressions, at once and here; anything else fails. For what may not wait for another process. */
export class PlainEvaluator implements ExpressionEvaluator {
  evaluateAll(expressions: readonly string[], root: JsonValue): Promise<Evaluation[]> {
    return Promise.resolve(
      expressions.map((expression) => {
        const found = plainExpression(expression, root);
        return found ? { ok: true, ...found } : NOT_PLAIN;
      }),
    );
  }
}

const NOT_PLAIN: Evaluation = {
  ok: false,
  code: 'expression_failed',
  message: 'takes more than a look',
  retryable: true,
};
