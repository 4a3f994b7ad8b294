/** Why a run ended before its work was done. */
export type LeaseLoss =
  /** The execution was cancelled or paused by this process. */
  | 'changed'
  /** Another process has changed or taken it: a write or a renewal was refused. */
  | 'taken'
  /** The lease ran out while this process stood still. */
  | 'overslept';

/** What a worker tells of its work that no commit shows. Calls must be quick, and must not throw. */
export interface EngineMetrics {
  /** A claim took `count` executions, of which the oldest had been due for `oldestDueMs`. */
  claimed(count: number, oldestDueMs: number): void;
  leaseLost(reason: LeaseLoss): void;
}

export const noEngineMetrics: EngineMetrics = { claimed: () => undefined, leaseLost: () => undefined };
