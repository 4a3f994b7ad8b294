import type { Request } from 'express';
import { principalOf } from '../auth/principal';
import { canonicalJson } from '../crypto/canonical-json';
import { sha256Hex } from '../crypto/sha256';
import { validationFailed } from '../errors/app-error';

const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** A request that carries an `Idempotency-Key`. */
export interface IdempotentRequest {
  /** What the key stands for: a hash of principal, method, path and key. */
  readonly id: string;
  /** What is asked: a hash of query and body. */
  readonly hash: string;
}

const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

/**
 * The request as records know it, or `undefined` without the header. Subject and role are the principal, not the key
 * id: a repeat with a renewed API key is still a repeat.
 * @throws AppError `validation_failed` at `Idempotency-Key`; `unauthenticated` without `authenticate` before it.
 */
export function idempotentRequestOf(req: Request): IdempotentRequest | undefined {
  const key = req.get(IDEMPOTENCY_KEY);
  if (key === undefined) return undefined;
  if (!PRINTABLE.test(key)) throw badKey('must be 1 to 200 printable ASCII characters');
  const { subject, role } = principalOf(req);
  const [path = '', ...query] = req.originalUrl.split('?');
  return {
    id: sha256Hex(JSON.stringify([subject, role, req.method, path, key])),
    hash: sha256Hex(canonicalJson({ query: query.join('?'), body: req.body as unknown })),
  };
}

/** `422` at the header. */
export function badKey(message: string): Error {
  return validationFailed([{ pointer: IDEMPOTENCY_KEY, message }]);
}
