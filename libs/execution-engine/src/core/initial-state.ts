import { type HeldStep, idempotencyKeyOf } from '../ports/step-handler.port';
import type { NewExecution } from '../ports/store.port';
import type { ExecutionState, StepState } from './execution-state';

/** The state of an execution that has just been stored. */
export function initialState(execution: NewExecution): ExecutionState {
  return {
    id: execution.id,
    workflowId: execution.workflowId,
    workflowVersion: execution.workflowVersion,
    ownerId: execution.ownerId,
    agentId: execution.agentId,
    status: 'pending',
    inputs: execution.inputs,
    finalResult: null,
    error: null,
    failedStep: null,
    maxExecutionTimeMs: execution.maxExecutionTime * 1000,
    maxCostBudget: execution.maxCostBudget,
    totalCost: 0,
    completedSteps: 0,
    currentStep: null,
    eventSeq: 0,
    leaseEpoch: 0,
    deadlineAt: null,
    pausedAt: null,
    startedAt: null,
    completedAt: null,
    engineFlags: execution.engineFlags,
    traceParent: execution.traceParent,
    steps: new Map(),
  };
}

/** The same of one that was claimed as it was stored. */
export function heldInitialState(execution: NewExecution): ExecutionState {
  return { ...initialState(execution), leaseEpoch: 1 };
}

/** What of an ended step must be let go. */
export function heldStep(executionId: string, step: StepState): HeldStep {
  const { id: rowId, stepId, stepType, attempt } = step;
  return {
    rowId,
    executionId,
    stepId,
    stepType,
    attempt,
    idempotencyKey: idempotencyKeyOf(executionId, stepId, attempt),
  };
}
