import { readFlag } from '@aitbc/shared-core';
import {
  type AgentStep,
  type AIAgentWorkflow,
  type AIAgentWorkflowVersion,
  DEFAULT_RETRY_POLICY,
  type JsonObject,
  type StepRetryPolicy,
  type StepType,
  type VerificationLevel,
} from '@aitbc/shared-domain';
import type { StepDefinition, WorkflowDefinition, WorkflowVersion } from './workflow-definition';

/** What is read of `ai_agent_workflows`; all but `deleted_at`, since deleted ones are not read. */
export const WORKFLOW_COLUMNS = 'id, owner_id, is_public, current_version, created_at, updated_at';

/** A row of {@link WORKFLOW_COLUMNS}. */
export interface WorkflowRow {
  readonly id: string;
  readonly owner_id: string;
  readonly is_public: boolean | number;
  readonly current_version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export function workflowFrom(row: WorkflowRow): AIAgentWorkflow {
  return {
    id: row.id,
    ownerId: row.owner_id,
    isPublic: readFlag(row.is_public),
    currentVersion: row.current_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: null,
  };
}

/** Translates between a version and its rows: one of `ai_agent_workflow_versions`, and one of `agent_steps` for each step. */
export function versionRow(version: WorkflowVersion): AIAgentWorkflowVersion {
  return {
    workflowId: version.workflowId,
    version: version.version,
    name: version.name,
    description: version.description,
    tags: [...version.tags],
    dependencies: mutable(version.dependencies),
    outputs: version.outputs === null ? null : { ...version.outputs },
    maxExecutionTime: version.maxExecutionTime,
    maxCostBudget: version.maxCostBudget,
    requiresVerification: version.requiresVerification,
    verificationLevel: version.verificationLevel,
    workflowHash: version.workflowHash,
    createdAt: version.createdAt,
  };
}

export function stepRows({ workflowId, version, steps }: WorkflowVersion): AgentStep[] {
  return steps.map(({ id, when, ...step }, position) => ({
    ...step,
    inputMappings: step.inputMappings && { ...step.inputMappings },
    outputMappings: step.outputMappings && { ...step.outputMappings },
    workflowId,
    version,
    stepId: id,
    position,
    whenExpression: when,
  }));
}

/** What is read of `ai_agent_workflow_versions`. */
export const VERSION_COLUMNS = `workflow_id, version, name, description, tags, dependencies, outputs, max_execution_time,
  max_cost_budget, requires_verification, verification_level, workflow_hash, created_at`;

/** A row of {@link VERSION_COLUMNS}; JSON is text. */
export interface VersionRow {
  readonly workflow_id: string;
  readonly version: number;
  readonly name: string;
  readonly description: string | null;
  readonly tags: string;
  readonly dependencies: string;
  readonly outputs: string | null;
  readonly max_execution_time: number;
  readonly max_cost_budget: number;
  readonly requires_verification: boolean | number;
  readonly verification_level: VerificationLevel;
  readonly workflow_hash: string;
  readonly created_at: number;
}

/** What is read of `agent_steps`. */
export const STEP_COLUMNS = `workflow_id, version, step_id, position, name, step_type, config, model_requirements,
  input_mappings, output_mappings, timeout_seconds, max_retries, retry_policy, when_expression, requires_proof,
  verification_level`;

/** A row of {@link STEP_COLUMNS}; JSON is text. */
export interface StepRow {
  readonly workflow_id: string;
  readonly version: number;
  readonly step_id: string;
  readonly position: number;
  readonly name: string;
  readonly step_type: StepType;
  readonly config: string;
  readonly model_requirements: string;
  readonly input_mappings: string | null;
  readonly output_mappings: string | null;
  readonly timeout_seconds: number;
  readonly max_retries: number;
  readonly retry_policy: string | null;
  readonly when_expression: string | null;
  readonly requires_proof: boolean | number;
  readonly verification_level: VerificationLevel | null;
}

/** @param rows steps of this version, in any order. */
export function versionFrom(row: VersionRow, rows: readonly StepRow[]): WorkflowVersion {
  const steps = [...rows].sort((a, b) => a.position - b.position).map(stepFrom);
  return { workflowId: row.workflow_id, version: row.version, ...definitionFields(row), steps };
}

function definitionFields(row: VersionRow): Omit<WorkflowDefinition, 'steps'> & Stamps {
  return {
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags) as string[],
    dependencies: JSON.parse(row.dependencies) as Record<string, string[]>,
    outputs: parsed<Record<string, string>>(row.outputs),
    maxExecutionTime: row.max_execution_time,
    maxCostBudget: row.max_cost_budget,
    requiresVerification: readFlag(row.requires_verification),
    verificationLevel: row.verification_level,
    workflowHash: row.workflow_hash,
    createdAt: row.created_at,
  };
}

type Stamps = Pick<WorkflowVersion, 'workflowHash' | 'createdAt'>;

function stepFrom(row: StepRow): StepDefinition {
  return {
    id: row.step_id,
    name: row.name,
    stepType: row.step_type,
    config: JSON.parse(row.config) as JsonObject,
    modelRequirements: JSON.parse(row.model_requirements) as JsonObject,
    inputMappings: parsed<JsonObject>(row.input_mappings),
    outputMappings: parsed<JsonObject>(row.output_mappings),
    timeoutSeconds: row.timeout_seconds,
    maxRetries: row.max_retries,
    retryPolicy: parsed<StepRetryPolicy>(row.retry_policy) ?? { ...DEFAULT_RETRY_POLICY },
    when: row.when_expression,
    requiresProof: readFlag(row.requires_proof),
    verificationLevel: row.verification_level,
  };
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}

function mutable(dependencies: WorkflowDefinition['dependencies']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).map(([id, needs]) => [id, [...needs]]));
}
