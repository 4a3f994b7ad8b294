import { canonicalJson, Logger } from '@aitbc/shared-core';
import type { FailureCode, JsonValue, StepType } from '@aitbc/shared-domain';
import type { StepEvent } from '../core/engine-event';
import { type ExecutionState, reservedCost, type StepState, type StepWait } from '../core/execution-state';
import { type ExecutionPlan, type StepPlan, stepOf } from '../core/plan';
import type { AttemptFailure } from '../core/retry-policy';
import { scopeOfOutputs, scopeOfStep } from '../core/scope';
import type { Clock } from '../ports/clock.port';
import type { ExpressionEvaluator } from '../ports/expressions.port';
import {
  type ExpressionScope,
  idempotencyKeyOf,
  NOTHING_USED,
  type StepContext,
  type StepCost,
  StepFailure,
  type StepHandler,
  type StepResult,
  type StepUse,
} from '../ports/step-handler.port';
import { conditionHolds, resolveMappings } from './mappings';

export type StepHandlers = Readonly<Partial<Record<StepType, StepHandler>>>;

export interface StepRunnerOptions {
  /** Largest canonical JSON of a step's input, output, or of a result, in bytes. */
  readonly maxValueBytes: number;
  readonly newRowId: () => string;
}

/** Turns steps into events: prepares their inputs, runs their handlers, maps their outputs. Knows no store. */
export class StepRunner {
  constructor(
    private readonly handlers: StepHandlers,
    private readonly evaluator: ExpressionEvaluator,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly options: StepRunnerOptions,
  ) {}

  /** Evaluates `when` and the input mappings of a step that may start. Never rejects. */
  async prepare(plan: ExecutionPlan, state: ExecutionState, stepId: string, signal: AbortSignal): Promise<StepEvent> {
    const step = stepOf(plan, stepId);
    const before = state.steps.get(stepId);
    const rowId = before?.id ?? this.options.newRowId();
    try {
      // A retry sees what the first attempt saw; its condition held then.
      if (before?.input) return this.started(step, rowId, before.input);
      const root = asJson(scopeOfStep(plan, state, stepId));
      if (!before && step.when !== null && !(await conditionHolds(step.when, root, this.evaluator, signal))) {
        return { type: 'step_skipped', at: this.clock.now(), stepId, rowId };
      }
      if (waitsFirst(plan, stepId, before)) {
        return { type: 'step_wait_begun', at: this.clock.now(), stepId, rowId };
      }
      const input = step.inputMappings ? await resolveMappings(step.inputMappings, root, this.evaluator, signal) : root;
      return this.started(step, rowId, this.canonical(input, 'input'));
    } catch (error) {
      const failure = this.explain(stepId, error, signal);
      const random = this.clock.random();
      return { type: 'step_unprepared', at: this.clock.now(), stepId, rowId, failure, random };
    }
  }

  /** Runs a started step, or goes on with a waiting one. Never rejects: a failure is an event too. */
  async execute(
    plan: ExecutionPlan,
    state: ExecutionState,
    step: StepState,
    signal: AbortSignal,
    wait?: StepWait,
  ): Promise<StepEvent> {
    const { stepId } = step;
    let use: StepUse | undefined;
    try {
      const context = this.contextOf(plan, state, step, signal);
      const handler = this.handlerOf(context.step);
      const result = await (wait && handler.resume ? handler.resume(context, wait) : handler.run(context));
      if ('suspend' in result) return { type: 'step_suspended', at: this.clock.now(), stepId, wait: result.suspend };
      use = result;
      return await this.success(context, result);
    } catch (error) {
      // What the handler has used is to be paid, also when its output is then lost in a mapping.
      return this.failed(stepId, error, signal, use);
    }
  }

  /** The canonical JSON of a completed execution's result. */
  async result(plan: ExecutionPlan, state: ExecutionState, signal: AbortSignal): Promise<string> {
    const scope = scopeOfOutputs(plan, state);
    const value = plan.outputs
      ? await resolveMappings(plan.outputs, asJson(scope), this.evaluator, signal)
      : Object.fromEntries(plan.leaves.map((id) => [id, outputIn(scope, id)]));
    return this.canonical(value, 'result');
  }

  /** An attempt that was stopped from outside its handler. */
  interrupted(step: StepState, code: FailureCode, message: string, signal: AbortSignal): StepEvent {
    return this.failed(step.stepId, new StepFailure(code, message, true), signal);
  }

  private started(step: StepPlan, rowId: string, input: string): StepEvent {
    const estimate = this.handlers[step.stepType]?.estimate?.(step, JSON.parse(input) as JsonValue) ?? 0;
    return { type: 'step_started', at: this.clock.now(), stepId: step.id, rowId, input, estimate };
  }

  private async success(context: StepContext, result: Exclude<StepResult, { suspend: StepWait }>): Promise<StepEvent> {
    const { outputMappings, id } = context.step;
    const root = asJson({ ...context.scope, output: result.output });
    const output = outputMappings
      ? await resolveMappings(outputMappings, root, this.evaluator, context.signal)
      : result.output;
    return {
      type: 'step_succeeded',
      at: this.clock.now(),
      stepId: id,
      output: this.canonical(output, 'output'),
      use: useOf(result),
    };
  }

  private contextOf(plan: ExecutionPlan, state: ExecutionState, row: StepState, signal: AbortSignal): StepContext {
    return {
      step: stepOf(plan, row.stepId),
      execution: state,
      // What was stored, not what is in memory: a re-run after a crash must see the very same input.
      input: JSON.parse(row.input ?? 'null') as JsonValue,
      scope: scopeOfStep(plan, state, row.stepId),
      idempotencyKey: idempotencyKeyOf(state.id, row.stepId, row.attempt),
      attempt: row.attempt,
      signal,
      remainingBudget: remainingBudget(state, row),
    };
  }

  private handlerOf(step: StepPlan): StepHandler {
    const handler = this.handlers[step.stepType];
    if (!handler)
      throw new StepFailure('step_type_unavailable', `no handler for steps of type '${step.stepType}'`, false);
    return handler;
  }

  private failed(stepId: string, error: unknown, signal: AbortSignal, used?: StepUse): StepEvent {
    const failure = this.explain(stepId, error, signal);
    const use = used ? useOf(used) : error instanceof StepFailure ? error.use : NOTHING_USED;
    const random = this.clock.random();
    return { type: 'step_failed', at: this.clock.now(), stepId, failure, use, random, release: true };
  }

  private explain(stepId: string, error: unknown, signal: AbortSignal): AttemptFailure {
    const known = error instanceof StepFailure ? error : undefined;
    // A handler that was aborted throws whatever it likes; nobody waits for its outcome any more.
    if (!known && !signal.aborted) this.logger.error('a step handler failed unexpectedly', { step_id: stepId, error });
    const message = known?.message ?? 'the step failed for an unexpected reason';
    return { code: known?.code ?? 'handler_error', message, retryable: known?.retryable ?? true };
  }

  private canonical(value: JsonValue, what: string): string {
    const text = canonicalOrFailure(value, what);
    const bytes = Buffer.byteLength(text);
    if (bytes <= this.options.maxValueBytes) return text;
    throw new StepFailure(
      'value_too_large',
      `the ${what} has ${bytes} bytes; at most ${this.options.maxValueBytes} are kept`,
      false,
    );
  }
}

/** Without the output, which must not be kept twice. */
function useOf({ cost, basis, metrics, jobReceiptId }: StepUse): StepUse {
  const charge: StepCost = basis ? { cost, basis } : NOTHING_USED;
  return { ...charge, ...(metrics && { metrics }), ...(jobReceiptId && { jobReceiptId }) };
}

/** A step with a `wait_for` waits before its first start; what it waited for is kept, so a retry does not. */
function waitsFirst(plan: ExecutionPlan, stepId: string, before: StepState | undefined): boolean {
  return plan.waits.has(stepId) && !before?.awaited;
}

function canonicalOrFailure(value: JsonValue, what: string): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepFailure('value_not_canonical', `the ${what} has no canonical JSON: ${reason}`, false);
  }
}

/** The scope is built of JSON values only; the interface merely names its members. */
function asJson(scope: ExpressionScope & { readonly output?: JsonValue }): JsonValue {
  return { ...scope };
}

/** What this attempt may spend: what is left, but for what is set aside for the others. */
function remainingBudget(state: ExecutionState, row: StepState): number | null {
  if (state.maxCostBudget === 0) return null;
  return Math.max(0, state.maxCostBudget - state.totalCost - (reservedCost(state) - row.reservedCost));
}

function outputIn(scope: ExpressionScope, stepId: string): JsonValue {
  const step = scope.steps[stepId];
  return (typeof step === 'object' && step !== null && !Array.isArray(step) ? step['output'] : null) ?? null;
}
