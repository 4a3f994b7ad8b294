import { type StepContext, StepFailure, type StepHandler, type StepResult } from '@aitbc/execution-engine';
import type { ExpressionPool } from '@aitbc/sandbox';
import type { JsonValue } from '@aitbc/shared-domain';
import { plainExpression } from './plain-expression';
import { sandboxFailure } from './sandbox-failure';

/**
 * `data_processing`: the JSONata of `config.expression` over the mapped input as `$`; without mappings over
 * `{inputs, steps, execution}`. `$inputs`, `$steps` and `$execution` are bound in both cases, and `$signal` to the data of
 * the signal that the step waited for. A step that only waits has no expression, and gives that data.
 */
export class DataProcessingHandler implements StepHandler {
  constructor(private readonly pool: ExpressionPool) {}

  async run({ step, input, scope, signal }: StepContext): Promise<StepResult> {
    const expression = step.config['expression'];
    if (expression === undefined && 'wait_for' in step.config) return { output: scope.signal ?? null, cost: 0 };
    if (typeof expression !== 'string') throw new StepFailure('bad_config', 'config.expression is missing', false);
    const plain = plainExpression(expression, input);
    if (plain?.value !== undefined) return { output: plain.value, cost: 0 };
    try {
      const output = await this.pool.evaluate(expression, { root: input, bindings: { ...scope } }, { signal });
      if (output === undefined) throw new StepFailure('no_output', 'the expression selects nothing', false);
      return { output: output as JsonValue, cost: 0 };
    } catch (error) {
      throw sandboxFailure(error);
    }
  }
}
