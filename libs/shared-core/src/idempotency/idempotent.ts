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

/** How a repeat is answered: with the stored answer to the first request, or with what goes on from there. */
export type Replay = (req: Request, res: Response, stored: StoredAnswer) => Promise<void> | void;

/** The answer to the first request. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `null` when it had none. */
  readonly body: unknown;
}

interface Pending {
  readonly request: IdempotentRequest;
  readonly records: IdempotencyRecords;
  readonly replay: Replay;
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
 * @param replay for an answer that is more than what is stored of it, such as a stream.
 */
export function idempotent(records: IdempotencyRecords, replay: Replay = sendStored): RequestHandler {
  const inFlight = new Set<string>();
  return async (req, res, next) => {
    const request = idempotentRequestOf(req);
    if (!request) return next();
    const record = await records.find(request.id);
    if (record) return replay(req, res, storedAnswer(record, request));
    if (inFlight.has(request.id)) {
      throw new AppError('conflict', 'a request with this Idempotency-Key is in flight', { retryAfterSeconds: 1 });
    }
    inFlight.add(request.id);
    // Not res.once('close'): a client that left during the look-up above would keep its key in flight for ever.
    finished(res, () => inFlight.delete(request.id));
    pending.set(req, { request, records, replay });
    next();
  };
}

/** What to record together with `T`, by whoever gathers creations into one unit. */
export interface AnswerToKeep<T> extends KeepOptions {
  readonly request: IdempotentRequest;
  readonly answerOf: (created: T) => CreationAnswer;
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

/** The same for {@link IdempotencyRecords.keepAll}. */
export function answerToKeep<T>(req: Request, answerOf: (created: T) => CreationAnswer): AnswerToKeep<T> | undefined {
  const found = pending.get(req);
  return found && { request: found.request, answerOf };
}

/** Before the error handler: a request whose unit was rolled back for a record gets the answer of that record. */
export const answerRepeated: ErrorRequestHandler = async (error: unknown, req, res, next) => {
  const found = pending.get(req);
  if (!found || !(error instanceof RepeatedRequest)) return next(error);
  const record = await found.records.findSettled(found.request.id);
  if (!record) throw new AppError('conflict', 'the request with this Idempotency-Key failed', { retryAfterSeconds: 1 });
  await found.replay(req, res, storedAnswer(record, found.request));
};

/** @throws AppError `validation_failed` for another request; `conflict` when the answer was not kept. */
function storedAnswer(record: IdempotencyRecordEntity, { hash }: IdempotentRequest): StoredAnswer {
  if (record.requestHash !== hash) throw badKey('was used with another body');
  if (!record.replayable) {
    throw new AppError('conflict', 'this was done, and its answer showed a secret, which was not kept');
  }
  return record;
}

function sendStored(_req: Request, res: Response, { status, headers, body }: StoredAnswer): void {
  res.status(status).set({ ...headers, 'Idempotency-Replayed': 'true' });
  if (body === null) res.end();
  else res.json(body);
}
