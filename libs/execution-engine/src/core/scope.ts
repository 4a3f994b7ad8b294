import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import type { ExpressionScope } from '../ports/step-handler.port';
import type { ExecutionState, StepState } from './execution-state';
import type { ExecutionPlan } from './plan';

const parsedOutputs = new WeakMap<StepState, JsonValue>();

/** A step's stored output as a value; parsed once for each state of the step. */
function outputOf(step: StepState): JsonValue {
  const known = parsedOutputs.get(step);
  if (known !== undefined) return known;
  const value = step.output === null ? null : (JSON.parse(step.output) as JsonValue);
  parsedOutputs.set(step, value);
  return value;
}

/**
 * What the expressions of a step may see: the steps it depends on, directly or not. Steps beside it are left out, since
 * what they show would depend on which of them happened to end first.
 */
export function scopeOfStep(plan: ExecutionPlan, state: ExecutionState, stepId: string): ExpressionScope {
  const visible = scope(state, plan.ancestors.get(stepId) ?? new Set());
  const awaited = plan.waits.get(stepId)?.kind === 'signal' ? state.steps.get(stepId)?.awaited : undefined;
  return typeof awaited === 'string' ? { ...visible, signal: JSON.parse(awaited) as JsonValue } : visible;
}

/** What the expressions of `outputs` may see: every step. */
export function scopeOfOutputs(plan: ExecutionPlan, state: ExecutionState): ExpressionScope {
  return scope(state, new Set(plan.steps.keys()));
}

function scope(state: ExecutionState, visible: ReadonlySet<string>): ExpressionScope {
  const steps: JsonObject = {};
  for (const id of visible) {
    const step = state.steps.get(id);
    if (step) steps[id] = { status: step.status, output: outputOf(step) };
  }
  return { inputs: JSON.parse(state.inputs) as JsonValue, steps, execution: facts(state) };
}

function facts(state: ExecutionState): JsonObject {
  return {
    id: state.id,
    workflow_id: state.workflowId,
    workflow_version: state.workflowVersion,
    owner_id: state.ownerId,
    agent_id: state.agentId,
    started_at: state.startedAt === null ? null : new Date(state.startedAt).toISOString(),
  };
}
