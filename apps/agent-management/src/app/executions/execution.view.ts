import { fromUnits, timeText } from '@aitbc/shared-core';
import {
  type AgentExecution,
  type AgentStepExecution,
  isFinalExecution,
  type JsonObject,
  type JsonValue,
  type StepStatus,
} from '@aitbc/shared-domain';
import type { WorkflowVersion } from '../workflows';
import type { ExecutionEstimate } from './estimates';
import type { ExecutionRecord } from './execution.repository';

/** Answer of `POST …/execute`. Estimates are means over past runs of the same version; null when there are none. */
export function startedBody(execution: AgentExecution, estimate: ExecutionEstimate | undefined) {
  return {
    ...identity(execution),
    status: execution.status,
    current_step: execution.currentStep,
    total_steps: execution.totalSteps,
    started_at: timeText(execution.startedAt),
    estimated_completion: estimate ? timeText(execution.createdAt + estimate.durationMs) : null,
    current_cost: fromUnits(execution.totalCost),
    estimated_total_cost: estimate ? fromUnits(estimate.costUnits) : null,
    retry_of: execution.retryOf,
  };
}

/** An execution in a list: everything but what its steps hold. */
export function summaryBody(execution: AgentExecution) {
  return {
    ...identity(execution),
    agent_id: execution.agentId,
    status: execution.status,
    current_step: execution.currentStep,
    total_steps: execution.totalSteps,
    completed_steps: execution.completedSteps,
    error_message: execution.errorMessage,
    error_code: execution.errorCode,
    failed_step: execution.failedStep,
    started_at: timeText(execution.startedAt),
    paused_at: timeText(execution.pausedAt),
    completed_at: timeText(execution.completedAt),
    total_execution_time: seconds(execution.startedAt, execution.completedAt),
    total_cost: fromUnits(execution.totalCost),
    max_execution_time: execution.maxExecutionTime,
    max_cost_budget: fromUnits(execution.maxCostBudget),
    verification_level: execution.verificationLevel,
    retry_of: execution.retryOf,
    event_seq: execution.eventSeq,
  };
}

/** Answer of `GET /executions/{id}` and `…/status`. */
export function statusBody({ execution, steps, receipt }: ExecutionRecord, version: WorkflowVersion) {
  const rows = new Map(steps.map((step) => [step.stepId, step]));
  const states = version.steps.map(({ id, name }) => [id, stepState(name, rows.get(id), execution)] as const);
  return {
    ...summaryBody(execution),
    step_states: Object.fromEntries(states),
    inputs: parse(execution.inputs),
    final_result: parse(execution.finalResult),
    verification_proof: receipt ? { receipt_id: receipt.id, verified: receipt.verified } : null,
  };
}

/** Answer of `GET /executions/{id}/logs`: what began, in the order in which it did. */
export function logsBody({ execution, steps }: ExecutionRecord, version: WorkflowVersion) {
  const names = new Map(version.steps.map(({ id, name }) => [id, name]));
  return {
    ...summaryBody(execution),
    step_logs: steps.map((step) => ({
      step_id: step.stepId,
      name: names.get(step.stepId) ?? step.stepId,
      step_type: step.stepType,
      attempt: step.attempt,
      status: step.status,
      started_at: timeText(step.startedAt),
      completed_at: timeText(step.completedAt),
      execution_time: seconds(step.startedAt, step.completedAt),
      error_code: step.errorCode,
      error_message: step.errorMessage,
      gpu_accelerated: flagIn(step.metrics, 'gpu_accelerated'),
      memory_usage: numberIn(step.metrics, 'memory_bytes'),
      cost: fromUnits(step.cost),
      retry_count: Math.max(0, step.attempt - 1),
    })),
  };
}

function identity(execution: AgentExecution) {
  return {
    id: execution.id,
    execution_id: execution.id,
    owner_id: execution.ownerId,
    workflow_id: execution.workflowId,
    workflow_version: execution.workflowVersion,
    created_at: timeText(execution.createdAt),
    updated_at: timeText(execution.updatedAt),
  };
}

function stepState(name: string, step: AgentStepExecution | undefined, execution: AgentExecution) {
  return step ? begunStep(name, step) : { name, ...NOT_BEGUN, status: statusWithoutRow(execution) };
}

const NOT_BEGUN = {
  attempt: 0,
  output: null,
  error_code: null,
  error_message: null,
  waits_for: null,
  waits_until: null,
  signal: null,
  job_id: null,
  adopted_from: null,
  cost: 0,
  started_at: null,
  completed_at: null,
};

function begunStep(name: string, step: AgentStepExecution) {
  return {
    name,
    status: step.status,
    attempt: step.attempt,
    output: parse(step.output),
    error_code: step.errorCode,
    error_message: step.errorMessage,
    waits_for: step.waitKind,
    // When a job is looked at again is no news to anybody.
    waits_until: step.waitKind === 'job' ? null : timeText(step.waitUntil),
    signal: step.waitKind === 'signal' ? step.waitRef : null,
    job_id: step.waitKind === 'job' ? step.waitRef : null,
    adopted_from: step.adoptedFrom,
    cost: fromUnits(step.cost),
    started_at: timeText(step.startedAt),
    completed_at: timeText(step.completedAt),
  };
}

/** A step that had not begun when its execution ended, never will. */
function statusWithoutRow({ status }: AgentExecution): StepStatus {
  return isFinalExecution(status) ? 'cancelled' : 'pending';
}

/** Seconds between two instants, to the millisecond; null while one of them is open. */
function seconds(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : (to - from) / 1000;
}

function parse(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}

function flagIn(metrics: JsonObject | null, name: string): boolean | null {
  const value = metrics?.[name];
  return typeof value === 'boolean' ? value : null;
}

function numberIn(metrics: JsonObject | null, name: string): number | null {
  const value = metrics?.[name];
  return typeof value === 'number' ? value : null;
}
