import { canonicalJson, fromUnits, sha256Hex } from '@aitbc/shared-core';
import type { StepDefinition, WorkflowDefinition } from './workflow-definition';

/** The definition in the shape in which clients send and read it, JSON over HTTP: snake_case, money in coins, the steps by id in the author's order. */
export function documentOf(definition: WorkflowDefinition) {
  return {
    name: definition.name,
    description: definition.description,
    tags: definition.tags,
    steps: Object.fromEntries(definition.steps.map((step) => [step.id, stepDocument(step)])),
    dependencies: definition.dependencies,
    outputs: definition.outputs,
    max_execution_time: definition.maxExecutionTime,
    max_cost_budget: fromUnits(definition.maxCostBudget),
    requires_verification: definition.requiresVerification,
    verification_level: definition.verificationLevel,
  };
}

/**
 * SHA-256 (lower-case hexadecimal) of the canonical JSON (RFC 8785) of exactly this: the members of
 * {@link documentOf} as a client reads them, with defaults filled in, and `step_order`, the ids of the steps in the
 * author's order, which canonical JSON would lose and which decides ties in the execution order. Not in it: id, owner,
 * `is_public`, version number and times, so that equal definitions have equal hashes.
 * @throws CanonicalJsonError for JSON that other readers could understand differently.
 */
export function workflowHash(definition: WorkflowDefinition): string {
  return sha256Hex(canonicalJson({ ...documentOf(definition), step_order: definition.steps.map(({ id }) => id) }));
}

function stepDocument(step: StepDefinition) {
  return {
    name: step.name,
    step_type: step.stepType,
    config: step.config,
    model_requirements: step.modelRequirements,
    input_mappings: step.inputMappings,
    output_mappings: step.outputMappings,
    timeout_seconds: step.timeoutSeconds,
    max_retries: step.maxRetries,
    retry_policy: step.retryPolicy,
    when: step.when,
    requires_proof: step.requiresProof,
    verification_level: step.verificationLevel,
  };
}
