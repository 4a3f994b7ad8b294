import type { Evaluation, ExpressionEvaluator } from '@aitbc/execution-engine';
import type { ExpressionPool } from '@aitbc/sandbox';
import type { JsonValue } from '@aitbc/shared-domain';
import { plainExpression } from './plain-expression';
import { sandboxProblem } from './sandbox-failure';

/** Evaluates mappings, conditions and outputs: plain expressions here, all else in the pool of child processes. */
export class PoolEvaluator implements ExpressionEvaluator {
  constructor(private readonly pool: ExpressionPool) {}

  async evaluateAll(expressions: readonly string[], root: JsonValue, signal?: AbortSignal): Promise<Evaluation[]> {
    const plain = expressions.map((expression) => plainExpression(expression, root));
    const others = expressions.filter((_, index) => plain[index] === undefined);
    const evaluated = (await this.inPool(others, root, signal)).values();
    return plain.map((found) => (found ? { ok: true, ...found } : (evaluated.next().value ?? NOT_EVALUATED)));
  }

  private async inPool(expressions: readonly string[], root: JsonValue, signal?: AbortSignal): Promise<Evaluation[]> {
    if (expressions.length === 0) return [];
    try {
      const outcomes = await this.pool.evaluateAll(expressions, { root }, signal ? { signal } : {});
      return outcomes.map((outcome) =>
        outcome.ok
          ? { ok: true, value: outcome.value as JsonValue | undefined }
          : { ok: false, ...sandboxProblem(outcome.error) },
      );
    } catch (error) {
      // What concerns the whole call (the context is too large, say) is the outcome of each of them.
      const problem = sandboxProblem(error);
      return expressions.map(() => ({ ok: false, ...problem }));
    }
  }
}

const NOT_EVALUATED: Evaluation = { ok: false, code: 'expression_failed', message: 'was not evaluated' };
