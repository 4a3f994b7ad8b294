import { readFlag } from '@aitbc/shared-core';
import { AgentStep, type AIAgentWorkflow, AIAgentWorkflowVersion, DEFAULT_RETRY_POLICY } from '@aitbc/shared-domain';
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

/** @param rows steps of this version, in any order. */
export function versionFrom(row: AIAgentWorkflowVersion, rows: readonly AgentStep[]): WorkflowVersion {
  const steps = [...rows].sort((a, b) => a.position - b.position).map(stepFrom);
  return { workflowId: row.workflowId, version: row.version, ...definitionFields(row), steps };
}

function definitionFields(row: AIAgentWorkflowVersion): Omit<WorkflowDefinition, 'steps'> & Stamps {
  return {
    name: row.name,
    description: row.description,
    tags: row.tags,
    dependencies: row.dependencies,
    outputs: row.outputs as Record<string, string> | null,
    maxExecutionTime: row.maxExecutionTime,
    maxCostBudget: row.maxCostBudget,
    requiresVerification: row.requiresVerification,
    verificationLevel: row.verificationLevel,
    workflowHash: row.workflowHash,
    createdAt: row.createdAt,
  };
}

type Stamps = Pick<WorkflowVersion, 'workflowHash' | 'createdAt'>;

function stepFrom(row: AgentStep): StepDefinition {
  return {
    id: row.stepId,
    name: row.name,
    stepType: row.stepType,
    config: row.config,
    modelRequirements: row.modelRequirements,
    inputMappings: row.inputMappings,
    outputMappings: row.outputMappings,
    timeoutSeconds: row.timeoutSeconds,
    maxRetries: row.maxRetries,
    retryPolicy: row.retryPolicy ?? { ...DEFAULT_RETRY_POLICY },
    when: row.whenExpression,
    requiresProof: row.requiresProof,
    verificationLevel: row.verificationLevel,
  };
}

function mutable(dependencies: WorkflowDefinition['dependencies']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(dependencies).map(([id, needs]) => [id, [...needs]]));
}
