import type { JobState } from '@aitbc/contracts';

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
 * attempts are left (`MAX_JOB_ATTEMPTS`). Final states are never left. The SQL statements are made of this table.
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

/** `COMPLETED`, `FAILED`, `CANCELED` and `EXPIRED` jobs never change again. */
export function isFinalJob(state: JobState): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING';
}
