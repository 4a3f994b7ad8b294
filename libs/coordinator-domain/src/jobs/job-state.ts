import type { JobState } from '@aitbc/contracts';
import { MAX_JOB_ATTEMPTS } from './job.enums';

/**
 * The life of a job.
 *
 *     QUEUED ──claimed──▶ RUNNING ──completed──▶ COMPLETED
 *       │  ▲                │ │ └────failed────▶ FAILED      (the request is bad, or no attempt is left)
 *       │  └──────requeued──┘ └──canceled──────▶ CANCELED
 *       ├──canceled──▶ CANCELED
 *       └──expired───▶ EXPIRED                               (nobody took it within its time to live)
 *
 * A claim raises `attempts` and starts a lease; only the miner that holds the lease with that attempt may end it. An
 * attempt that ends without a result (lease run out, retryable failure, miner removed) queues the job again while
 * attempts are left. Final states are never left. The SQL statements take their `WHERE state = …` from this table.
 */
export const JOB_EVENTS = {
  claimed: { from: ['QUEUED'], to: 'RUNNING' },
  completed: { from: ['RUNNING'], to: 'COMPLETED' },
  failed: { from: ['RUNNING'], to: 'FAILED' },
  requeued: { from: ['RUNNING'], to: 'QUEUED' },
  canceled: { from: ['QUEUED', 'RUNNING'], to: 'CANCELED' },
  expired: { from: ['QUEUED'], to: 'EXPIRED' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState }>;

export type JobEvent = keyof typeof JOB_EVENTS;

/** The state after `event`, or nothing when the event does not apply to a job in `state`. */
export function nextJobState(state: JobState, event: JobEvent): JobState | undefined {
  const { from, to } = JOB_EVENTS[event];
  return (from as readonly JobState[]).includes(state) ? to : undefined;
}

/** `COMPLETED`, `FAILED`, `CANCELED` and `EXPIRED` jobs never change again. */
export function isFinalJob(state: JobState): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING';
}

/** What becomes of a job whose attempt number `attempts` ended without a result. */
export function afterLostAttempt(attempts: number, retryable: boolean): 'requeued' | 'failed' {
  return retryable && attempts < MAX_JOB_ATTEMPTS ? 'requeued' : 'failed';
}
