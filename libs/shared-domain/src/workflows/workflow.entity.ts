import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../columns/checks';
import {
  CountColumn,
  FlagColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
  UnitsColumn,
} from '../columns/columns';
import type { JsonObject, JsonValue } from '../json';
import { STEP_TYPES, type StepType, VERIFICATION_LEVELS, type VerificationLevel } from './workflow.enums';

/** A workflow as its owner sees it: a name for a line of immutable versions, of which one is current. */
@Entity('ai_agent_workflows')
@Index('ix_workflows_owner', ['ownerId', 'id'])
@Index('ix_workflows_public', ['isPublic', 'id'])
export class AIAgentWorkflow {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  @FlagColumn({ name: 'is_public' })
  isPublic: boolean;

  @CountColumn({ name: 'current_version' })
  currentVersion: number;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;

  /** Set when the owner deleted it; its versions stay for the executions that ran them. */
  @TimeColumn({ name: 'deleted_at', nullable: true })
  deletedAt: number | null;
}

/** One tag of a workflow's current version, so that a search by tag reads an index. */
@Entity('ai_agent_workflow_tags')
@Index('ix_workflow_tags_workflow', ['workflowId'])
export class AIAgentWorkflowTag {
  @PrimaryColumn({ type: 'varchar', length: 50 })
  tag: string;

  @PrimaryColumn({ type: 'varchar', length: 60, name: 'workflow_id' })
  @ForeignKey(() => AIAgentWorkflow, { name: 'fk_workflow_tags_workflow', onDelete: 'CASCADE' })
  workflowId: string;
}

/** One version of a workflow. Never changed after it was written: executions are pinned to it. */
@Entity('ai_agent_workflow_versions')
@Check('ck_workflow_versions_level', oneOf('verification_level', VERIFICATION_LEVELS))
export class AIAgentWorkflowVersion {
  @PrimaryColumn({ type: 'varchar', length: 60, name: 'workflow_id' })
  @ForeignKey(() => AIAgentWorkflow, { name: 'fk_workflow_versions_workflow', onDelete: 'CASCADE' })
  workflowId: string;

  /** 1, 2, 3, … */
  @PrimaryColumn({ type: 'integer' })
  version: number;

  @TextColumn(100)
  name: string;

  @LongTextColumn({ nullable: true })
  description: string | null;

  @JsonColumn()
  tags: string[];

  /** For each step that has any: the steps that must end before it. */
  @JsonColumn()
  dependencies: Record<string, string[]>;

  /** For each key of the result its expression; without it, the outputs of the steps that nobody depends on. */
  @JsonColumn({ nullable: true })
  outputs: JsonObject | null;

  /** Seconds. */
  @CountColumn({ name: 'max_execution_time' })
  maxExecutionTime: number;

  /** Units of 10⁻⁸ coin; 0 is no limit. */
  @UnitsColumn({ name: 'max_cost_budget' })
  maxCostBudget: number;

  @FlagColumn({ name: 'requires_verification' })
  requiresVerification: boolean;

  @TextColumn(20, { name: 'verification_level' })
  verificationLevel: VerificationLevel;

  /** Lower-case hexadecimal SHA-256 of the definition's canonical JSON (RFC 8785). */
  @TextColumn(64, { name: 'workflow_hash' })
  workflowHash: string;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;
}

/** One step of one version of a workflow; as immutable as the version. */
@Entity('agent_steps')
@ForeignKey(() => AIAgentWorkflowVersion, ['workflowId', 'version'], ['workflowId', 'version'], {
  name: 'fk_agent_steps_version',
  onDelete: 'CASCADE',
})
@Check('ck_agent_steps_type', oneOf('step_type', STEP_TYPES))
export class AgentStep {
  @PrimaryColumn({ type: 'varchar', length: 60, name: 'workflow_id' })
  workflowId: string;

  @PrimaryColumn({ type: 'integer' })
  version: number;

  /** `^[a-z][a-z0-9_]{0,63}$`, unique within the version. */
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'step_id' })
  stepId: string;

  /** The order in which the author wrote the steps, from 0. */
  @CountColumn()
  position: number;

  @TextColumn(100)
  name: string;

  @TextColumn(20, { name: 'step_type' })
  stepType: StepType;

  @JsonColumn()
  config: JsonObject;

  @JsonColumn({ name: 'model_requirements' })
  modelRequirements: JsonObject;

  /** A text is a JSONata expression, `{literal: x}` is `x`, any other JSON value is itself. */
  @JsonColumn({ name: 'input_mappings', nullable: true })
  inputMappings: Record<string, JsonValue> | null;

  @JsonColumn({ name: 'output_mappings', nullable: true })
  outputMappings: Record<string, JsonValue> | null;

  @CountColumn({ name: 'timeout_seconds' })
  timeoutSeconds: number;

  @CountColumn({ name: 'max_retries' })
  maxRetries: number;

  @JsonColumn({ name: 'retry_policy', nullable: true })
  retryPolicy: StepRetryPolicy | null;

  /** JSONata; when it gives `false` the step is skipped. */
  @LongTextColumn({ name: 'when_expression', nullable: true })
  whenExpression: string | null;

  @FlagColumn({ name: 'requires_proof' })
  requiresProof: boolean;

  @TextColumn(20, { name: 'verification_level', nullable: true })
  verificationLevel: VerificationLevel | null;
}

/** How a failed attempt of a step is repeated: exponential back-off up to a ceiling, with full jitter. */
export interface StepRetryPolicy {
  initial_interval_ms: number;
  backoff_coefficient: number;
  maximum_interval_ms: number;
  jitter: boolean;
  /** Error codes after which the step is not tried again. */
  non_retryable_errors: string[];
}

export const DEFAULT_RETRY_POLICY: StepRetryPolicy = {
  initial_interval_ms: 500,
  backoff_coefficient: 2,
  maximum_interval_ms: 30_000,
  jitter: true,
  non_retryable_errors: [],
};
