import type { Evaluation, ExpressionEvaluator } from '@aitbc/execution-engine';
import type { JsonValue } from '@aitbc/shared-domain';
import { plainPath } from './plain-path';

/** Evaluates mere paths, at once and here; anything else fails. For what may not wait for another process. */
export class PathEvaluator implements ExpressionEvaluator {
  evaluateAll(expressions: readonly string[], root: JsonValue): Promise<Evaluation[]> {
    return Promise.resolve(
      expressions.map((expression) => {
        const found = plainPath(expression, root);
        return found ? { ok: true, ...found } : NOT_A_PATH;
      }),
    );
  }
}

const NOT_A_PATH: Evaluation = {
  ok: false,
  code: 'expression_failed',
  message: 'takes more than a look',
  retryable: true,
};
