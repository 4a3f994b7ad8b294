import type { ExecutionCommit } from '../ports/store.port';
import type { EventRecord, ExecutionState } from './execution-state';

/** The commit that brings the store from `before` to `after`; only steps that differ are written. */
export function commitOf(
  before: ExecutionState,
  after: ExecutionState,
  records: readonly EventRecord[],
  lease: ExecutionCommit['lease'],
  at: number,
): ExecutionCommit {
  return {
    state: after,
    expected: { leaseEpoch: before.leaseEpoch, eventSeq: before.eventSeq },
    steps: [...after.steps.values()].filter((step) => before.steps.get(step.stepId) !== step),
    records,
    lease,
    at,
  };
}
