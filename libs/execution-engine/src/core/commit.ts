import type { ExecutionCommit } from '../ports/store.port';
import type { EventRecord, ExecutionState } from './execution-state';

/** What transitions made of a stored state. */
export interface Change {
  readonly before: ExecutionState;
  readonly after: ExecutionState;
  readonly records: readonly EventRecord[];
  /** Ids of the signals that ended waits. */
  readonly consumedSignals?: readonly string[];
}

/** The commit that brings the store from `before` to `after`; only steps that differ are written. */
export function commitOf(
  { before, after, records, consumedSignals = [] }: Change,
  lease: ExecutionCommit['lease'],
  at: number,
): ExecutionCommit {
  return {
    state: after,
    expected: { leaseEpoch: before.leaseEpoch, eventSeq: before.eventSeq },
    steps: [...after.steps.values()].filter((step) => before.steps.get(step.stepId) !== step),
    records,
    consumedSignals,
    lease,
    at,
  };
}
