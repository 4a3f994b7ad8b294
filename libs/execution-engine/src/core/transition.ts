import { sha256Hex } from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import { Draft } from './draft';
import type { EngineEvent, StepEvent } from './engine-event';
import type { EventRecord, ExecutionState } from './execution-state';
import { overspent, startableSteps, stepsIn } from './execution-state';
import type { ExecutionPlan } from './plan';
import { adopt, pause, resume } from './control-transition';
import { transitionStep } from './step-transition';

export interface Transition {
  readonly state: ExecutionState;
  /** In order; empty when the event changed nothing. */
  readonly records: readonly EventRecord[];
}

/**
 * The rules of the engine: what `event` makes of `state`. Pure: no clock, no randomness, no I/O.
 * An event that comes too late (the execution, the step or the attempt has ended) changes nothing, and gives the very
 * same state back. The state machine and the rules it keeps stand at the top of `execution-state.ts`.
 */
export function transition(plan: ExecutionPlan, state: ExecutionState, event: EngineEvent): Transition {
  if (isFinalExecution(state.status)) return { state, records: [] };
  const draft = new Draft(state, event.at);
  const changed = isStepEvent(event) ? transitionStep(plan, draft, event) : transitionExecution(draft, event);
  if (!changed) return { state, records: [] };
  if (!isFinalExecution(draft.state.status)) {
    enforceBudget(draft);
    settleStatus(plan, draft, event.at);
  }
  return { state: draft.state, records: draft.records };
}

function isStepEvent(event: EngineEvent): event is StepEvent {
  return event.type.startsWith('step_');
}

function transitionExecution(draft: Draft, event: Exclude<EngineEvent, StepEvent>): boolean {
  const { at } = event;
  switch (event.type) {
    case 'execution_started':
      return start(draft, at);
    case 'execution_completed':
      if (draft.state.status === 'paused') return false;
      draft.setStatus('completed');
      draft.set({ finalResult: event.result, completedAt: at });
      draft.record('execution.completed', null, {
        total_cost_units: draft.state.totalCost,
        result_hash: sha256Hex(event.result),
      });
      return true;
    case 'execution_failed':
      if (draft.state.status === 'paused') return false;
      draft.endUnfinished('failed', { code: event.code, message: event.message }, null);
      return true;
    case 'cancel_requested':
      // A worker may hold it at this moment: with the epoch raised, whatever it writes afterwards is refused.
      draft.set({ leaseEpoch: draft.state.leaseEpoch + 1 });
      draft.endUnfinished('cancelled', { code: 'cancelled', message: event.reason }, null);
      return true;
    case 'deadline_reached':
      if (draft.state.status === 'paused') return false;
      draft.set({ leaseEpoch: draft.state.leaseEpoch + 1 });
      draft.endUnfinished('failed', executionTimeout(draft.state), null);
      return true;
    case 'pause_requested':
      return pause(draft, event);
    case 'resume_requested':
      return resume(draft, at);
    case 'steps_adopted':
      return adopt(draft, event);
  }
}

function start(draft: Draft, at: number): boolean {
  if (draft.state.status !== 'pending') return false;
  draft.setStatus('running');
  draft.set({ startedAt: at, deadlineAt: at + draft.state.maxExecutionTimeMs });
  draft.record('execution.started', null, { inputs_hash: sha256Hex(draft.state.inputs) });
  return true;
}

function executionTimeout(state: ExecutionState) {
  const seconds = state.maxExecutionTimeMs / 1000;
  return {
    code: 'execution_timeout' as const,
    message: `the execution ran longer than its max_execution_time of ${seconds} s`,
  };
}

/** Checked after each real cost: an execution that has spent more than its budget ends. */
function enforceBudget(draft: Draft): void {
  const error = overspent(draft.state);
  if (error) draft.endUnfinished('failed', error, null);
}

/** `running` while a step runs or could start, `waiting` while all that is left is to wait. */
function settleStatus(plan: ExecutionPlan, draft: Draft, now: number): void {
  const { state } = draft;
  if (isFinalExecution(state.status) || state.status === 'pending' || state.status === 'paused') return;
  const waits = stepsIn(state, 'waiting').length > 0;
  const idle = stepsIn(state, 'running').length === 0 && startableSteps(plan, state, now).length === 0;
  draft.setStatus(waits && idle ? 'waiting' : 'running');
}
