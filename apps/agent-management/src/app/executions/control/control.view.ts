import type { NewSignal } from '@aitbc/execution-engine';
import { timeText } from '@aitbc/shared-core';
import type { BulkOutcome } from './bulk.service';

/** Answer of `POST /executions/{id}/signals/{name}`. */
export function signalBody({ id, executionId, name, sentBy, sentAt }: NewSignal) {
  return { id, signal_id: id, execution_id: executionId, name, sent_by: sentBy, sent_at: timeText(sentAt) };
}

/** Answer of `POST /executions/cancel`. */
export function bulkCancelBody({ matched, changed, unchanged, more }: BulkOutcome) {
  return { matched, cancelled: changed, unchanged, more };
}

/** Answer of `POST /executions/retry`. */
export function bulkRetryBody({ matched, changed, unchanged, more }: BulkOutcome) {
  return { matched, retried: changed, unchanged, more };
}
