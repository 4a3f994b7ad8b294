import type { JsonValue } from '@aitbc/shared-domain';
import type { Evaluation, ExpressionEvaluator } from '../../ports/expressions.port';
import type { SimProcess } from './sim-process';
import { RESULT_CODE, UNPREPARED_CODE } from './transitions-of';

/** The expressions of simulated workflows, by what they do. */
export const EXPRESSIONS = {
  yes: 'yes',
  no: 'no',
  inputs: 'inputs',
  /** A mapping that fails whenever it is evaluated. */
  brokenInput: 'broken-input',
  brokenOutput: 'broken-output',
  /** An evaluator that is often away: another try may succeed. */
  away: 'away',
} as const;

/** Stands in for the evaluator's child processes: a few fixed expressions, and answers that take a moment. */
export class SimulatedEvaluator implements ExpressionEvaluator {
  constructor(private readonly process: SimProcess) {}

  /** What takes no child process: the inputs alone. */
  readonly atHand: ExpressionEvaluator = {
    evaluateAll: async (expressions, root) =>
      expressions.map((expression) =>
        expression === EXPRESSIONS.inputs
          ? this.evaluate(expression, root)
          : { ok: false, code: UNPREPARED_CODE, message: 'not at hand', retryable: true },
      ),
  };

  async evaluateAll(expressions: readonly string[], root: JsonValue): Promise<Evaluation[]> {
    if (expressions.length === 0) return [];
    await this.process.sleep(1);
    return expressions.map((expression) => this.evaluate(expression, root));
  }

  private evaluate(expression: string, root: JsonValue): Evaluation {
    switch (expression) {
      case EXPRESSIONS.yes:
        return { ok: true, value: true };
      case EXPRESSIONS.no:
        return { ok: true, value: false };
      case EXPRESSIONS.brokenInput:
        return { ok: false, code: UNPREPARED_CODE, message: 'it never works' };
      case EXPRESSIONS.brokenOutput:
        return { ok: false, code: RESULT_CODE, message: 'it never works' };
      case EXPRESSIONS.away:
        return this.process.world.random.chance(0.6)
          ? { ok: false, code: UNPREPARED_CODE, message: 'nobody there', retryable: true }
          : { ok: true, value: 'there' };
      default:
        return { ok: true, value: root };
    }
  }
}
