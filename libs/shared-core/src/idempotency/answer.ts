import type { Response } from 'express';

/** The answer to a request that created something: what is sent now is what a repeat gets. */
export interface CreationAnswer {
  /** HTTP status: 200, 201, 202. */
  readonly status: number;
  /** `Location`: where the created thing is. */
  readonly location?: string | undefined;
  /** `ETag` of the created thing, from `etagOf`. */
  readonly etag?: string | undefined;
  /** Sent as JSON; without it the answer has no body. */
  readonly body?: object | undefined;
}

/** The headers of an answer by their names. */
export function headersOf({ location, etag }: CreationAnswer): Record<string, string> {
  return {
    ...(location === undefined ? {} : { Location: location }),
    ...(etag === undefined ? {} : { ETag: etag }),
  };
}

/** Sends an answer. */
export function sendAnswer(res: Response, answer: CreationAnswer): void {
  res.status(answer.status).set(headersOf(answer));
  if (answer.body === undefined) res.end();
  else res.json(answer.body);
}
