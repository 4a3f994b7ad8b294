import {
  type IdempotencyRecords,
  idempotent,
  keepAnswer,
  type KeyRotation,
  requireRole,
  sendAnswer,
  type SigningKeys,
} from '@aitbc/shared-core';
import { Router } from 'express';

/** `/admin/signing-keys`, for admins; stands behind `authenticate`. */
export function createSigningKeyRouter(keys: Pick<SigningKeys, 'rotate'>, records: IdempotencyRecords): Router {
  const router = Router();
  router.post('/admin/signing-keys/rotate', requireRole('admin'), idempotent(records), async (req, res) => {
    sendAnswer(res, rotationAnswer(await keys.rotate(keepAnswer(req, rotationAnswer))));
  });
  return router;
}

function rotationAnswer({ kid, createdAt, retiredKid }: KeyRotation) {
  return { status: 201, body: { kid, created_at: new Date(createdAt).toISOString(), retired_kid: retiredKid } };
}
