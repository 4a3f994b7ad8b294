import { toUnits } from '@aitbc/shared-core';
import { DEFAULT_RETRY_POLICY, type JsonObject } from '@aitbc/shared-domain';
import type { StepDto } from './step.dto';
import type { StepDefinition, WorkflowDefinition } from './workflow-definition';
import type { WorkflowDto } from './workflow.dto';

/**
 * The definition that a client wrote, with defaults filled in. Parts of a wrong shape in `dependencies` and `outputs`
 * are left out: the rules report them from the request itself, and nothing is stored then.
 */
export function definitionFrom(request: WorkflowDto): WorkflowDefinition {
  return {
    name: request.name,
    description: request.description ?? null,
    tags: request.tags,
    steps: Object.entries(request.steps).map(([id, step]) => stepFrom(id, step)),
    dependencies: dependenciesFrom(request.dependencies),
    outputs: request.outputs ? textsOf(request.outputs) : null,
    maxExecutionTime: request.max_execution_time,
    maxCostBudget: toUnits(request.max_cost_budget, '/max_cost_budget'),
    requiresVerification: request.requires_verification,
    verificationLevel: request.verification_level,
  };
}

function stepFrom(id: string, step: StepDto): StepDefinition {
  return {
    id,
    name: step.name,
    stepType: step.step_type,
    config: step.config ?? {},
    modelRequirements: step.model_requirements ?? {},
    inputMappings: step.input_mappings ?? null,
    outputMappings: step.output_mappings ?? null,
    timeoutSeconds: step.timeout_seconds,
    maxRetries: step.max_retries,
    retryPolicy: { ...(step.retry_policy ?? DEFAULT_RETRY_POLICY) },
    when: step.when ?? null,
    requiresProof: step.requires_proof,
    verificationLevel: step.verification_level ?? null,
  };
}

function dependenciesFrom(value: JsonObject): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(value).map(([id, needs]) => [id, Array.isArray(needs) ? needs.filter(isText) : []]),
  );
}

function textsOf(value: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (isText(item) ? [[key, item]] : [])));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
