import type { ExecutionStatus, JsonObject } from '@aitbc/shared-domain';
import { canChangeExecution, canChangeStep, isFinalStep } from '@aitbc/shared-domain';
import type { EventRecord, ExecutionState, StepState } from './execution-state';
import type { AttemptFailure } from './retry-policy';

/** Of a code that this release knows, unlike what may be stored already. */
type NewFailure = Pick<AttemptFailure, 'code' | 'message'>;

/** The next state while one transition writes it; keeps the rules that hold for every transition. */
export class Draft {
  readonly records: EventRecord[] = [];
  private next: ExecutionState;
  private readonly steps: Map<string, StepState>;

  constructor(
    state: ExecutionState,
    private readonly at: number,
  ) {
    this.steps = new Map(state.steps);
    this.next = { ...state, steps: this.steps };
  }

  get state(): ExecutionState {
    return this.next;
  }

  set(changes: Partial<Omit<ExecutionState, 'status' | 'steps' | 'eventSeq'>>): void {
    this.next = { ...this.next, ...changes };
  }

  setStatus(status: ExecutionStatus): void {
    if (this.next.status === status) return;
    if (!canChangeExecution(this.next.status, status)) {
      throw new RangeError(`execution cannot go from ${this.next.status} to ${status}`);
    }
    this.next = { ...this.next, status };
  }

  putStep(step: StepState): void {
    const before = this.steps.get(step.stepId);
    if (before && before.status !== step.status && !canChangeStep(before.status, step.status)) {
      throw new RangeError(`step '${step.stepId}' cannot go from ${before.status} to ${step.status}`);
    }
    this.steps.set(step.stepId, step);
    const change = step.cost - (before?.cost ?? 0);
    if (change !== 0) this.set({ totalCost: this.next.totalCost + change });
  }

  /** Appends an event; the sequence number is the state's own counter, so that there is no gap. */
  record(type: string, stepId: string | null, data: JsonObject = {}): void {
    const seq = this.next.eventSeq + 1;
    this.next = { ...this.next, eventSeq: seq };
    this.records.push({ seq, type, stepId, data, at: this.at });
  }

  /** Ends the execution in a state that is not `completed`: whatever has begun and not ended is cancelled with it. */
  endUnfinished(status: 'failed' | 'cancelled', error: NewFailure | null, failedStep: string | null): void {
    for (const step of this.steps.values()) {
      if (isFinalStep(step.status)) continue;
      const ended = {
        status: 'cancelled',
        wait: null,
        deadlineAt: null,
        reservedCost: 0,
        completedAt: this.at,
      } as const;
      // Whatever has begun may hold a job: also a step that waits for its retry, since the attempt before may have failed
      // to let go of its own.
      this.putStep({ ...step, ...ended, releasePending: step.attempt > 0 });
    }
    this.setStatus(status);
    this.set({ error, failedStep, pausedAt: null, completedAt: this.at });
    this.record(`execution.${status}`, failedStep, error ? { code: error.code, message: error.message } : {});
  }
}
