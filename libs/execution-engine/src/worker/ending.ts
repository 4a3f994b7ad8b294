import type { Logger } from '@aitbc/shared-core';
import type { EngineEvent } from '../core/engine-event';
import type { ExecutionState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import type { Clock } from '../ports/clock.port';
import { StepFailure } from '../ports/step-handler.port';
import type { StepRunner } from './step-runner';

/**
 * How an execution ends whose steps have all ended: with its result, or with why there is none.
 * @throws what another try may mend (no evaluator was there): not the end
 */
export async function endingOf(
  plan: ExecutionPlan,
  state: ExecutionState,
  { runner, clock }: { readonly runner: StepRunner; readonly clock: Clock },
  signal: AbortSignal,
): Promise<EngineEvent> {
  try {
    const result = await runner.result(plan, state, signal);
    return { type: 'execution_completed', at: clock.now(), result };
  } catch (error) {
    if (!(error instanceof StepFailure) || error.retryable) throw error;
    return { type: 'execution_failed', at: clock.now(), code: error.code, message: error.message };
  }
}

export function logEnd(logger: Logger, { status, error, startedAt, completedAt }: ExecutionState): void {
  const durationMs = (completedAt ?? 0) - (startedAt ?? 0);
  logger.info(`the execution has ${status === 'completed' ? 'completed' : 'failed'}`, {
    event: 'execution_ended',
    status,
    duration_ms: durationMs,
    ...(error ? { code: error.code } : {}),
  });
}
