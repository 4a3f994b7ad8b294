import type { FailureCode, JsonValue } from '@aitbc/shared-domain';

export type Evaluation =
  | { readonly ok: true; /** `undefined` when the expression selects nothing. */ readonly value: JsonValue | undefined }
  | {
      readonly ok: false;
      readonly code: FailureCode;
      readonly message: string;
      /** True when it was the evaluator that failed, not the expression: another try may succeed. */
      readonly retryable?: boolean;
    };

/** Evaluates users' expressions (JSONata) outside the service's process. */
export interface ExpressionEvaluator {
  /** One result for each expression, in order; all see the same `root` as `$`. Never rejects for a bad expression. */
  evaluateAll(expressions: readonly string[], root: JsonValue, signal?: AbortSignal): Promise<Evaluation[]>;
}
