import type { JsonObject } from '@aitbc/shared-domain';
import type { StepWait } from './execution-state';
import type { AttemptFailure } from './retry-policy';

/** Something that happened, as told to the transition function. `at` is the clock's time (ms). */
export type EngineEvent =
  | { readonly type: 'execution_started'; readonly at: number }
  | { readonly type: 'execution_completed'; readonly at: number; readonly result: string }
  | { readonly type: 'execution_failed'; readonly at: number; readonly code: string; readonly message: string }
  | { readonly type: 'cancel_requested'; readonly at: number; readonly reason: string }
  | { readonly type: 'deadline_reached'; readonly at: number }
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
      readonly cost: number;
      readonly metrics: JsonObject | null;
      readonly jobReceiptId: string | null;
    }
  | {
      readonly type: 'step_failed';
      readonly at: number;
      readonly stepId: string;
      /** For a step that failed before it could start. */
      readonly rowId: string;
      readonly failure: AttemptFailure;
      readonly cost: number;
      /** From [0, 1), for the jitter of the back-off: drawn outside, so that the function stays pure. */
      readonly random: number;
      /** True when the attempt may still hold something outside (a job) that must be let go. */
      readonly release: boolean;
    }
  | { readonly type: 'step_suspended'; readonly at: number; readonly stepId: string; readonly wait: StepWait };
