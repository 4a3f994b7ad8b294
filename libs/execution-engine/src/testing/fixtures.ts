import { newId } from '@aitbc/shared-core';
import { DEFAULT_RETRY_POLICY } from '@aitbc/shared-domain';
import { compilePlan, type ExecutionPlan, type StepPlan } from '../core/plan';
import type { NewExecution } from '../ports/store.port';

/** A step for tests: no retries unless asked for, ten seconds of time. */
export function stepPlan(id: string, changes: Partial<StepPlan> = {}): StepPlan {
  return {
    id,
    name: id,
    stepType: 'custom',
    config: {},
    modelRequirements: {},
    inputMappings: null,
    outputMappings: null,
    timeoutMs: 10_000,
    maxRetries: 0,
    retryPolicy: { ...DEFAULT_RETRY_POLICY, initial_interval_ms: 10, jitter: false },
    when: null,
    ...changes,
  };
}

/** A plan of these steps; `dependencies` names for a step those before it. */
export function planOf(steps: readonly StepPlan[], dependencies: Record<string, string[]> = {}): ExecutionPlan {
  return compilePlan({ workflowId: 'wf_test', version: 1, steps, dependencies, outputs: null });
}

/** A chain in which each step depends on the one before it. */
export function chain(ids: readonly string[], changes: Partial<StepPlan> = {}): ExecutionPlan {
  const dependencies = Object.fromEntries(ids.slice(1).map((id, index) => [id, [ids[index] ?? '']]));
  return planOf(
    ids.map((id) => stepPlan(id, changes)),
    dependencies,
  );
}

export function newExecution(plan: ExecutionPlan, changes: Partial<NewExecution> = {}): NewExecution {
  return {
    id: changes.id ?? newId('exec'),
    workflowId: plan.workflowId,
    workflowVersion: plan.version,
    ownerId: 'owner',
    agentId: null,
    inputs: '{}',
    verificationLevel: 'basic',
    maxExecutionTime: 3600,
    maxCostBudget: 0,
    totalSteps: plan.steps.size,
    engineFlags: 0,
    retryOf: null,
    traceParent: null,
    createdAt: changes.createdAt ?? Date.now(),
    ...changes,
  };
}
