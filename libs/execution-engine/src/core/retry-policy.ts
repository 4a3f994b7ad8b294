import type { FailureCode, StepRetryPolicy } from '@aitbc/shared-domain';
import type { StepPlan } from './plan';

/** Why an attempt failed. */
export interface AttemptFailure {
  readonly code: FailureCode;
  readonly message: string;
  /** False when another attempt cannot succeed: the input itself is bad. */
  readonly retryable: boolean;
}

/** Whether a step that failed in its `attempt`-th attempt is tried again. */
export function mayRetry(step: StepPlan, attempt: number, failure: AttemptFailure): boolean {
  return (
    failure.retryable && attempt <= step.maxRetries && !step.retryPolicy.non_retryable_errors.includes(failure.code)
  );
}

/**
 * Milliseconds to wait before attempt `attempt + 1`: exponential back-off up to a ceiling. With jitter the delay is
 * drawn evenly from [0, back-off) ("full jitter": M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog,
 * 2015), so that steps that failed together do not come back together.
 * @param random a number from [0, 1)
 */
export function retryDelayMs(policy: StepRetryPolicy, attempt: number, random: number): number {
  const backoff = policy.initial_interval_ms * policy.backoff_coefficient ** (attempt - 1);
  const capped = Math.min(policy.maximum_interval_ms, backoff);
  return Math.round(policy.jitter ? capped * random : capped);
}
