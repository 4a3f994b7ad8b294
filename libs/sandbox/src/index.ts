export { ExpressionPool } from './expressions/expression-pool';
export type { EvaluationOptions, ExpressionPoolOptions } from './expressions/expression-pool';
export type { ExpressionProblem, SchemaVerdict } from './expressions/protocol';
export type { EvaluationContext } from './expressions/requests';
export type { ItemOutcome as ExpressionOutcome } from './expressions/task';
export { SandboxError } from './sandbox-error';
export type { SandboxErrorCode } from './sandbox-error';
