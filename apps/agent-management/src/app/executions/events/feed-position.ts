import { type AppError, validationFailed } from '@aitbc/shared-core';

/**
 * Where a reader stands: after the event `seq` of `executionId` among those of one `place`. On SQLite a place is the row id
 * of one event; on PostgreSQL it is the id of the transaction that wrote the event, and of many others with it.
 */
export interface FeedPosition {
  readonly place: number;
  readonly executionId: string;
  readonly seq: number;
}

/** Before everything. */
export const FEED_START: FeedPosition = { place: -1, executionId: '', seq: 0 };

const TEXT = /^(\d{1,15})(?:\.([A-Za-z0-9_-]{1,60})\.(\d{1,10}))?$/;

/** Fits into a header, a query and the `id` of a server-sent event as it is. */
export function positionText({ place, executionId, seq }: FeedPosition): string {
  return executionId === '' ? String(place) : `${place}.${executionId}.${seq}`;
}

/** @throws AppError `validation_failed` */
export function parsePosition(text: string): FeedPosition {
  const [, place, executionId = '', seq = '0'] = TEXT.exec(text) ?? [];
  if (place === undefined) throw notOfThisFeed();
  return { place: Number(place), executionId, seq: Number(seq) };
}

/** Also for a position that lies ahead: the database was set back, and what comes now would be passed over in silence. */
export function notOfThisFeed(): AppError {
  const message = 'must be a position of this feed; after the database was set back begin anew';
  return validationFailed([{ pointer: '?after', message }]);
}
