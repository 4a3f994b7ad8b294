import {
  type ExecutionError,
  type ExecutionState,
  type NewExecution,
  type StepState,
  type StepWait,
} from '@aitbc/execution-engine';
import { readFlag } from '@aitbc/shared-core';
import type {
  AgentExecution,
  ExecutionStatus,
  JsonObject,
  StepCharge,
  StepStatus,
  StepType,
  WaitKind,
} from '@aitbc/shared-domain';

/** A raw row of `agent_executions`, as far as the engine reads it. */
export interface ExecutionRow {
  id: string;
  workflow_id: string;
  workflow_version: number;
  owner_id: string;
  agent_id: string | null;
  status: ExecutionStatus;
  inputs: string;
  final_result: string | null;
  error_code: string | null;
  error_message: string | null;
  failed_step: string | null;
  max_execution_time: number;
  max_cost_budget: number;
  total_cost: number;
  completed_steps: number;
  current_step: string | null;
  event_seq: number;
  lease_epoch: number;
  wake_at: number | null;
  deadline_at: number | null;
  paused_at: number | null;
  engine_flags: number;
  trace_parent: string | null;
  started_at: number | null;
  completed_at: number | null;
}

/** A raw row of `agent_step_executions`. */
export interface StepRow {
  id: string;
  execution_id: string;
  step_id: string;
  step_type: StepType;
  status: StepStatus;
  attempt: number;
  input: string | null;
  output: string | null;
  error_code: string | null;
  error_message: string | null;
  cost: number;
  reserved_cost: number;
  charges: string | null;
  metrics: string | null;
  wait_kind: WaitKind | null;
  wait_ref: string | null;
  wait_until: number | null;
  awaited: string | null;
  adopted_from: string | null;
  deadline_at: number | null;
  job_receipt_id: string | null;
  release_pending: boolean | number;
  started_at: number | null;
  completed_at: number | null;
}

export function stateOf(row: ExecutionRow, steps: readonly StepRow[]): ExecutionState {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowVersion: row.workflow_version,
    ownerId: row.owner_id,
    agentId: row.agent_id,
    status: row.status,
    inputs: row.inputs,
    finalResult: row.final_result,
    error: errorOf(row),
    failedStep: row.failed_step,
    maxExecutionTimeMs: row.max_execution_time * 1000,
    maxCostBudget: row.max_cost_budget,
    totalCost: row.total_cost,
    completedSteps: row.completed_steps,
    currentStep: row.current_step,
    eventSeq: row.event_seq,
    leaseEpoch: row.lease_epoch,
    deadlineAt: row.deadline_at,
    pausedAt: row.paused_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    engineFlags: row.engine_flags,
    traceParent: row.trace_parent,
    steps: new Map(steps.map((step) => [step.step_id, stepStateOf(step)])),
  };
}

function stepStateOf(row: StepRow): StepState {
  return {
    id: row.id,
    stepId: row.step_id,
    stepType: row.step_type,
    status: row.status,
    attempt: row.attempt,
    input: row.input,
    output: row.output,
    error: errorOf(row),
    cost: row.cost,
    reservedCost: row.reserved_cost,
    charges: row.charges === null ? [] : (JSON.parse(row.charges) as StepCharge[]),
    metrics: row.metrics === null ? null : (JSON.parse(row.metrics) as JsonObject),
    wait: waitOf(row),
    awaited: row.awaited,
    adoptedFrom: row.adopted_from,
    deadlineAt: row.deadline_at,
    jobReceiptId: row.job_receipt_id,
    releasePending: readFlag(row.release_pending),
    startedAt: row.started_at,
    completedAt: row.completed_at,
  };
}

function errorOf({
  error_code,
  error_message,
}: {
  error_code: string | null;
  error_message: string | null;
}): ExecutionError | null {
  return error_code === null ? null : { code: error_code, message: error_message ?? '' };
}

function waitOf(row: StepRow): StepWait | null {
  return row.wait_kind === null ? null : { kind: row.wait_kind, ref: row.wait_ref, until: row.wait_until };
}

export function stepRowOf(executionId: string, step: StepState): StepRow {
  return {
    id: step.id,
    execution_id: executionId,
    step_id: step.stepId,
    step_type: step.stepType,
    status: step.status,
    attempt: step.attempt,
    input: step.input,
    output: step.output,
    error_code: step.error?.code ?? null,
    error_message: storable(step.error?.message ?? null),
    cost: step.cost,
    reserved_cost: step.reservedCost,
    charges: step.charges.length === 0 ? null : JSON.stringify(step.charges),
    metrics: step.metrics === null ? null : JSON.stringify(step.metrics),
    ...waitColumns(step.wait),
    awaited: step.awaited,
    adopted_from: step.adoptedFrom,
    deadline_at: step.deadlineAt,
    job_receipt_id: step.jobReceiptId,
    release_pending: step.releasePending,
    started_at: step.startedAt,
    completed_at: step.completedAt,
  };
}

function waitColumns(wait: StepWait | null): Pick<StepRow, 'wait_kind' | 'wait_ref' | 'wait_until'> {
  return { wait_kind: wait?.kind ?? null, wait_ref: wait?.ref ?? null, wait_until: wait?.until ?? null };
}

export function newExecutionRow(execution: NewExecution): AgentExecution {
  const { createdAt, ...given } = execution;
  return {
    ...given,
    status: 'pending',
    finalResult: null,
    errorCode: null,
    errorMessage: null,
    failedStep: null,
    totalCost: 0,
    completedSteps: 0,
    currentStep: null,
    eventSeq: 0,
    leaseEpoch: 0,
    leaseOwner: null,
    wakeAt: createdAt,
    deadlineAt: null,
    pausedAt: null,
    startedAt: null,
    completedAt: null,
    createdAt,
    updatedAt: createdAt,
  };
}

/** Error texts come from anywhere; PostgreSQL takes neither NUL nor half a surrogate pair, and refuses the whole batch. */
export function storable(text: string | null): string | null {
  return text === null ? null : text.toWellFormed().replaceAll('\0', '\ufffd');
}
