import { validationFailed } from '@aitbc/shared-core';
import type { JsonObject } from '@aitbc/shared-domain';
import type { Request } from 'express';

/**
 * The body as the request of a job; its members are checked where the schemas are.
 * @throws AppError `validation_failed` when it is no object.
 */
export function requestIn(req: Request): JsonObject {
  const body: unknown = req.body ?? {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as JsonObject;
  throw validationFailed([{ pointer: '', message: 'must be an object' }]);
}
