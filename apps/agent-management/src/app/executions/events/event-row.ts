import type { JsonObject } from '@aitbc/shared-domain';
import type { FeedEvent } from './event-feed';

/** An event without its place in the feed. */
export type ExecutionEventRecord = Omit<FeedEvent, 'position'>;

/** What statements read of an event and its execution. */
export interface EventRow {
  readonly execution_id: string;
  readonly workflow_id: string;
  readonly owner_id: string;
  readonly type: string;
  readonly step_id: string | null;
  readonly data: string | null;
  readonly occurred_at: number;
}

export function eventRecordOf(row: EventRow, seq: number): ExecutionEventRecord {
  return {
    ownerId: row.owner_id,
    executionId: row.execution_id,
    workflowId: row.workflow_id,
    seq,
    type: row.type,
    stepId: row.step_id,
    data: JSON.parse(row.data ?? '{}') as JsonObject,
    occurredAt: row.occurred_at,
  };
}
