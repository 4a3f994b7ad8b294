import type { Evaluation, ExpressionEvaluator } from '@aitbc/execution-engine';
import type { ExpressionPool } from '@aitbc/sandbox';
import type { JsonValue } from '@aitbc/shared-domain';
import { sandboxProblem } from './sandbox-failure';

/** Evaluates mappings, conditions and outputs in the pool of child processes. */
export class PoolEvaluator implements ExpressionEvaluator {
  constructor(private readonly pool: ExpressionPool) {}

  async evaluateAll(expressions: readonly string[], root: JsonValue, signal?: AbortSignal): Promise<Evaluation[]> {
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
