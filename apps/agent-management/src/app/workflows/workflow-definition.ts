import type { StepSpecification, VerificationLevel } from '@aitbc/shared-domain';

/** One step of a workflow as it is stored. */
export interface StepDefinition extends StepSpecification {
  readonly timeoutSeconds: number;
  readonly requiresProof: boolean;
  /** null: that of the execution. */
  readonly verificationLevel: VerificationLevel | null;
}

/** What a workflow does, as its author wrote it. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  /** In the author's order. */
  readonly steps: readonly StepDefinition[];
  /** For each step that has any: the steps that must end before it. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  /** For each key of the result its expression; null: the outputs of the steps that nobody depends on. */
  readonly outputs: Readonly<Record<string, string>> | null;
  /** Seconds. */
  readonly maxExecutionTime: number;
  /** Units of 10⁻⁸ coin; 0 is no limit. */
  readonly maxCostBudget: number;
  readonly requiresVerification: boolean;
  readonly verificationLevel: VerificationLevel;
}

/** One stored, immutable version of a workflow. */
export interface WorkflowVersion extends WorkflowDefinition {
  readonly workflowId: string;
  /** 1, 2, 3, … */
  readonly version: number;
  /** See `workflowHash`. */
  readonly workflowHash: string;
  readonly createdAt: number;
}

/** The graph of a definition's steps, for the functions of `step-graph`. */
export function graphOf({ steps, dependencies }: Pick<WorkflowDefinition, 'steps' | 'dependencies'>) {
  return { stepIds: steps.map(({ id }) => id), dependencies };
}
