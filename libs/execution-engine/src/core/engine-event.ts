import type { FailureCode } from '@aitbc/shared-domain';
import type { StepUse } from '../ports/step-handler.port';
import type { StepState, StepWait } from './execution-state';
import type { AttemptFailure } from './retry-policy';

/** Something that happened, as told to the transition function. `at` is the clock's time (ms). */
export type EngineEvent =
  | { readonly type: 'execution_started'; readonly at: number }
  | { readonly type: 'execution_completed'; readonly at: number; readonly result: string }
  | { readonly type: 'execution_failed'; readonly at: number; readonly code: FailureCode; readonly message: string }
  | { readonly type: 'cancel_requested'; readonly at: number; readonly reason: string }
  | { readonly type: 'deadline_reached'; readonly at: number }
  | { readonly type: 'pause_requested'; readonly at: number; readonly reason: string }
  | { readonly type: 'resume_requested'; readonly at: number }
  /** A new execution takes over what another one has completed, before it starts. */
  | {
      readonly type: 'steps_adopted';
      readonly at: number;
      /** Id of the other execution. */
      readonly from: string;
      /** Rows of this execution, made by `adoptedStep`. */
      readonly steps: readonly StepState[];
    }
  | StepEvent;

export type StepEvent =
  | {
      readonly type: 'step_started';
      readonly at: number;
      readonly stepId: string;
      /** Id for the step's row, used when this is its first start. */
      readonly rowId: string;
      /** Canonical JSON of the mapped input. */
      readonly input: string;
      /** Units that the attempt is expected to cost at most; 0 when nobody can tell. */
      readonly estimate: number;
    }
  /** What it needs to start could not be prepared (a mapping failed, say): an attempt that failed before it began. */
  | {
      readonly type: 'step_unprepared';
      readonly at: number;
      readonly stepId: string;
      readonly rowId: string;
      readonly failure: AttemptFailure;
      readonly random: number;
    }
  /** Its turn has come, and it waits for what `wait_for` names. */
  | { readonly type: 'step_wait_begun'; readonly at: number; readonly stepId: string; readonly rowId: string }
  /** What `wait_for` names has come. */
  | {
      readonly type: 'step_wait_ended';
      readonly at: number;
      readonly stepId: string;
      /** Canonical JSON of the signal's data; `null` for a time. */
      readonly awaited: string;
      readonly signalId: string | null;
    }
  /** The worker that ran it died; another one runs the same attempt again. */
  | { readonly type: 'step_restarted'; readonly at: number; readonly stepId: string }
  | { readonly type: 'step_skipped'; readonly at: number; readonly stepId: string; readonly rowId: string }
  | {
      readonly type: 'step_succeeded';
      readonly at: number;
      readonly stepId: string;
      /** Canonical JSON of the mapped output. */
      readonly output: string;
      readonly use: StepUse;
    }
  | {
      readonly type: 'step_failed';
      readonly at: number;
      readonly stepId: string;
      readonly failure: AttemptFailure;
      /** What the attempt had used until it failed. */
      readonly use: StepUse;
      /** From [0, 1), for the jitter of the back-off: drawn outside, so that the function stays pure. */
      readonly random: number;
      /** True when the attempt may still hold something outside (a job) that must be let go. */
      readonly release: boolean;
    }
  | { readonly type: 'step_suspended'; readonly at: number; readonly stepId: string; readonly wait: StepWait };
