import type { JsonValue } from '@aitbc/shared-domain';

export type Evaluation =
  | { readonly ok: true; /** `undefined` when the expression selects nothing. */ readonly value: JsonValue | undefined }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Evaluates users' expressions (JSONata) outside the service's process. */
export interface ExpressionEvaluator {
  /** One result for each expression, in order; all see the same `root` as `$`. Never rejects for a bad expression. */
  evaluateAll(expressions: readonly string[], root: JsonValue, signal?: AbortSignal): Promise<Evaluation[]>;
}
