import { finished } from 'node:stream';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors/app-error';
import type { CreationAnswer } from './answer';
import { type IdempotencyRecords, type KeepOptions, RepeatedRequest } from './idempotency-records';
import type { IdempotencyRecordEntity } from './idempotency-record.entity';
import { badKey, type IdempotentRequest, idempotentRequestOf } from './idempotent-request';

/**
 * What a service awaits inside the unit of work that creates `T`, as its last statement, so that it is committed or
 * rolled back with the creation. It makes database calls only, and may be called again when the unit is repeated.
 */
export type Within<T> = (created: T) => Promise<void>;

interface Pending {
  readonly request: IdempotentRequest;
  readonly records: IdempotencyRecords;
}

const pending = new WeakMap<Request, Pending>();

/**
 * For a POST that creates; stands after `authenticate` and `requireRole`, before `validateBody`:
 *
 *     router.post('/things', idempotent(records), validateBody(ThingDto), async (req, res) => {
 *       const answer = (thing: Thing) => ({ status: 201, location: `…/${thing.id}`, body: thingView(thing) });
 *       sendAnswer(res, answer(await things.create(principalOf(req), bodyOf(req, ThingDto), keepAnswer(req, answer))));
 *     });
 *
 * with `create(principal, request, within?: Within<Thing>)` awaiting `within?.(thing)` in its unit. A repeat with the
 * same body gets the first answer with `Idempotency-Replayed: true`; with another body 422; while the first is in
 * flight in this process 409 with `Retry-After`. A request that was refused or failed created nothing and leaves no
 * record: its key may be used again.
 */
export function idempotent(records: IdempotencyRecords): RequestHandler {
  const inFlight = new Set<string>();
  return async (req, res, next) => {
    const request = idempotentRequestOf(req);
    if (!request) return next();
    const record = await records.find(request.id);
    if (record) return replay(res, record, request);
    if (inFlight.has(request.id)) {
      throw new AppError('conflict', 'a request with this Idempotency-Key is in flight', { retryAfterSeconds: 1 });
    }
    inFlight.add(request.id);
    // Not res.once('close'): a client that left during the look-up above would keep its key in flight for ever.
    finished(res, () => inFlight.delete(request.id));
    pending.set(req, { request, records });
    next();
  };
}

/** The hook that records the answer to this request; `undefined` when it has no `Idempotency-Key`. */
export function keepAnswer<T>(
  req: Request,
  answerOf: (created: T) => CreationAnswer,
  options?: KeepOptions,
): Within<T> | undefined {
  const found = pending.get(req);
  return found && ((created) => found.records.keep(found.request, answerOf(created), options));
}

/** Before the error handler: a request whose unit was rolled back for a record gets the answer of that record. */
export const answerRepeated: ErrorRequestHandler = async (error: unknown, req, res, next) => {
  const found = pending.get(req);
  if (!found || !(error instanceof RepeatedRequest)) return next(error);
  const record = await found.records.findSettled(found.request.id);
  if (!record) throw new AppError('conflict', 'the request with this Idempotency-Key failed', { retryAfterSeconds: 1 });
  replay(res, record, found.request);
};

/** @throws AppError `validation_failed` for another request; `conflict` when the answer was not kept. */
function replay(res: Response, record: IdempotencyRecordEntity, { hash }: IdempotentRequest): void {
  if (record.requestHash !== hash) throw badKey('was used with another body');
  if (!record.replayable) {
    throw new AppError('conflict', 'this was done, and its answer showed a secret, which was not kept');
  }
  res.status(record.status).set({ ...record.headers, 'Idempotency-Replayed': 'true' });
  if (record.body === null) res.end();
  else res.json(record.body);
}
