import { AppError } from '../errors/app-error';
import { isOutage } from './sql-errors';

/** The manager, or the SQL runner, of a unit was used after the unit had ended. */
export function unitEnded(): AppError {
  return new AppError('internal', 'this unit of work has ended; its manager cannot be used any more');
}

/** A class of its own, by which the door knows it. */
export class UnitTooLong extends AppError {
  constructor(limitMs: number) {
    super('internal', `the unit of work took longer than ${limitMs} ms and was rolled back`);
  }
}

/** `work` resolved while one of its statements was still running: what it would commit is a matter of chance. */
export function unitNotAwaited(): AppError {
  return new AppError('internal', 'the unit of work returned before its statements had ended and was rolled back');
}

/** A joined unit or a statement failed, and `work` returned all the same. */
export function unitDoomed(cause: unknown): AppError {
  return new AppError('internal', 'a part of the unit of work failed, so all of it was rolled back', { cause });
}

export function transactionControlRefused(): AppError {
  return new AppError('internal', 'transactions are controlled by the database door only');
}

export function writeInsideSet(): AppError {
  return new AppError('internal', 'write cannot join a writeSet');
}

/** The database itself threw the transaction away (disk full, input/output error). */
export function transactionLost(cause: unknown): AppError {
  return new AppError('dependency_unavailable', 'the database gave up the transaction', {
    retryAfterSeconds: 1,
    cause,
  });
}

export function commitFailed(cause: unknown): AppError {
  return new AppError('dependency_unavailable', 'the commit failed; nothing was changed', {
    retryAfterSeconds: 1,
    cause,
  });
}

/** The connection broke while PostgreSQL committed: only reading again tells whether it did. */
export function commitUnknown(cause: unknown): AppError {
  return new AppError('dependency_unavailable', 'the connection was lost during the commit; its outcome is not known', {
    retryAfterSeconds: 1,
    cause,
  });
}

export function databaseBusy(waitedMs: number, cause: unknown): AppError {
  return new AppError('dependency_unavailable', `the database stayed busy for ${waitedMs} ms`, {
    retryAfterSeconds: 1,
    cause,
  });
}

export function databaseUnavailable(cause: unknown): AppError {
  return new AppError('dependency_unavailable', 'the database does not answer', { retryAfterSeconds: 1, cause });
}

export function databaseClosed(): AppError {
  return new AppError('draining', 'the database is closed');
}

/** What the door lets out: an outage as `dependency_unavailable` with the driver's error as its cause, the rest as it is. */
export function asSeenFromOutside(error: unknown): unknown {
  return error instanceof AppError || !isOutage(error) ? error : databaseUnavailable(error);
}
