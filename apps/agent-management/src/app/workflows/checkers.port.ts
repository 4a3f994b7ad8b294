import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import type { JsonObject } from '@aitbc/shared-domain';

/** Where and why an expression does not parse. */
export interface SyntaxProblem {
  readonly message: string;
  /** Offset in characters from the start of the expression. */
  readonly position?: number;
}

/** Parses JSONata without evaluating it, outside the service's process. */
export interface ExpressionChecker {
  /** One result for each expression, in order; `undefined` where it parses. */
  check(expressions: readonly string[]): Promise<readonly (SyntaxProblem | undefined)[]>;
  /**
   * For each expression, in order, the paths that it reads from its root (`['steps', 'a']`) and from variables
   * (`['$steps', 'a']`), as far as their names are written in it.
   */
  paths(expressions: readonly string[]): Promise<readonly (readonly string[][])[]>;
}

/** Parses the code of a `custom` step without running it. */
export interface CodeChecker {
  /** What is wrong with it, or `undefined`. */
  check(code: string): Promise<string | undefined>;
}

/** Compiles the JSON Schema (2020-12) of a `verification` step. */
export interface SchemaChecker {
  /** What is wrong with it, or `undefined`. */
  check(schema: JsonObject): Promise<string | undefined>;
}

/** What is asked whether the parts of a workflow can be done: those who know the languages that authors write, and the prover. */
export interface WorkflowCheckers {
  readonly expressions: ExpressionChecker;
  readonly code: CodeChecker;
  readonly schemas: SchemaChecker;
  readonly prover: Pick<ZeroKnowledgeProver, 'unavailable'>;
}
