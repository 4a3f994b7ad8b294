import type { Request } from 'express';
import { AppError } from '../errors/app-error';

const ETAG_TEXT = /^[\x21\x23-\x7e]{1,100}$/;
const ENTITY_TAG = /(W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/**
 * The strong `ETag` of a version of an object, quotes included. What it is made of must change with every change that
 * a reader can see: a counter, or an `updated_at` that never stays the same.
 */
export function etagOf(version: number | string): string {
  const text = String(version);
  if (!ETAG_TEXT.test(text)) throw new TypeError(`not an entity tag: ${text}`);
  return `"${text}"`;
}

/**
 * Refuses the request when its `If-Match` names other versions than this one (RFC 9110 §13.1.1): `*` and lists are
 * honoured, weak tags and what is no tag match nothing. Passes without the header.
 * @throws AppError `precondition_failed`.
 */
export function checkIfMatch(req: Request, etag: string): void {
  const wanted = req.get('if-match');
  if (wanted === undefined || wanted.trim() === '*') return;
  const tags: readonly string[] = wanted.match(ENTITY_TAG) ?? [];
  if (tags.includes(etag)) return;
  throw new AppError('precondition_failed', `the current version has the ETag ${etag}`);
}

/** What a service calls with the object as it stands, inside the unit that changes it; throws to refuse the change. */
export type Expected<T> = (current: T) => void;

/**
 * `If-Match` as a condition that a service checks inside its unit of work, where nobody can change the object between
 * check and change:
 *
 *     router.put('/things/:id', …, async (req, res) => {
 *       const thing = await things.update(principal, id, body, { expected: ifMatch(req, thingEtag) });
 *       res.setHeader('ETag', thingEtag(thing)).json(thingView(thing));
 *     });
 *
 * and in the service `db.write(async () => { const current = await load(id); expected?.(current); … })`. Check
 * visibility first: a stranger gets 404, not 412.
 */
export function ifMatch<T>(req: Request, etagOfCurrent: (current: T) => string): Expected<T> {
  return (current) => checkIfMatch(req, etagOfCurrent(current));
}
