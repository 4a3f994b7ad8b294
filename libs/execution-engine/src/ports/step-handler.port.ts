import type { CostBasis, FailureCode, JsonObject, JsonValue, StepType } from '@aitbc/shared-domain';
import type { StepWait } from '../core/execution-state';
import type { StepPlan } from '../core/plan';

/** What a handler may know of the execution that its step belongs to. */
export interface ExecutionFacts {
  readonly id: string;
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly ownerId: string;
  readonly agentId: string | null;
  /** W3C `traceparent` of what started it. */
  readonly traceParent: string | null;
}

/**
 * What an expression may see: `{inputs, steps, execution}`; `steps` holds the steps that this one depends on. A step that
 * waited for a signal sees its data as `signal` too.
 */
export interface ExpressionScope {
  readonly inputs: JsonValue;
  readonly steps: JsonObject;
  readonly execution: JsonObject;
  readonly signal?: JsonValue;
}

export interface StepContext {
  readonly step: StepPlan;
  readonly execution: ExecutionFacts;
  /** The mapped input; without mappings the expression scope itself. */
  readonly input: JsonValue;
  readonly scope: ExpressionScope;
  /** `execution_id:step_id:attempt`: the same for a re-run after a crash, so that effects outside can be made once. */
  readonly idempotencyKey: string;
  readonly attempt: number;
  /**
   * Fires when the attempt is over (time-out, cancel), with a {@link LeaseLost} as its reason when this worker has merely
   * lost it: another one may be going on with the same attempt and idempotency key, so nothing outside may be let go.
   */
  readonly signal: AbortSignal;
  /** What is left of the budget, in units; null when there is no limit. */
  readonly remainingBudget: number | null;
}

/** Units of 10⁻⁸ coin that something really cost, and out of what that was computed: nothing costs without a reason. */
export type StepCost =
  { readonly cost: 0; readonly basis?: undefined } | { readonly cost: number; readonly basis: CostBasis };

/** What an attempt has really used, whether it succeeds or not. */
export type StepUse = StepCost & {
  readonly metrics?: JsonObject;
  /** The receipt of the job that is paid with it. */
  readonly jobReceiptId?: string;
};

export const NOTHING_USED: StepUse = { cost: 0 };

/** What a handler gives: an output, or what to wait for without holding a worker. */
export type StepResult = ({ readonly output: JsonValue } & StepUse) | { readonly suspend: StepWait };

/** One kind of step. Adding a kind is writing one of these and registering it. */
export interface StepHandler {
  /** Units that one attempt may cost at most, as far as its definition and input tell; absent: nobody can tell. */
  estimate?(step: StepPlan, input: JsonValue): number;
  run(context: StepContext): Promise<StepResult>;
  /** Goes on when what the step waited for may have come; it may suspend again. */
  resume?(context: StepContext, wait: StepWait): Promise<StepResult>;
  /**
   * Lets go of what an attempt may hold outside after it was cancelled, timed out or failed. Must bear to be called
   * twice, and for an attempt that holds nothing.
   */
  release?(held: HeldStep): Promise<void>;
}

/** Why a handler is aborted whose attempt may go on in another worker. */
export class LeaseLost extends Error {
  constructor() {
    super('the lease was lost');
    this.name = 'LeaseLost';
  }
}

/** A step whose outside resources must be let go. */
export interface HeldStep {
  readonly rowId: string;
  readonly executionId: string;
  readonly stepId: string;
  readonly stepType: StepType;
  readonly attempt: number;
  readonly idempotencyKey: string;
}

/** How a handler says why it failed; any other exception counts as `handler_error`, and is tried again. */
export class StepFailure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    /** False when another attempt cannot succeed. */
    readonly retryable: boolean,
    /** What the failed attempt has used all the same. */
    readonly use: StepUse = NOTHING_USED,
  ) {
    super(message);
    this.name = 'StepFailure';
  }
}

export function idempotencyKeyOf(executionId: string, stepId: string, attempt: number): string {
  return `${executionId}:${stepId}:${attempt}`;
}
