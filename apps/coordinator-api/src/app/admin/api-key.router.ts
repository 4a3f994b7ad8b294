import {
  type ApiKeyEntity,
  type ApiKeyRequest,
  ApiKeyService,
  bodyOf,
  type IdempotencyRecords,
  idempotent,
  type IssuedApiKey,
  keepAnswer,
  PageQuery,
  pageRequestOf,
  queryOf,
  requireRole,
  sendAnswer,
  sendPage,
  timeText,
  validateBody,
  validateQuery,
  validationFailed,
} from '@aitbc/shared-core';
import { Router } from 'express';
import { CreateApiKeyDto } from './api-key.dto';

/** `/admin/api-keys`, for admins; stands behind `authenticate`. */
export function createApiKeyRouter(keys: ApiKeyService, records: IdempotencyRecords): Router {
  const router = Router();
  const admins = requireRole('admin');

  router.post('/admin/api-keys', admins, idempotent(records), validateBody(CreateApiKeyDto), async (req, res) => {
    const request = requestOf(bodyOf(req, CreateApiKeyDto), Date.now());
    const issued = await keys.issue(request, keepAnswer(req, issuedAnswer, { replayable: false }));
    // The one answer that shows a secret: no cache on the way may keep it.
    res.setHeader('Cache-Control', 'no-store');
    sendAnswer(res, issuedAnswer(issued));
  });
  router.get('/admin/api-keys', admins, validateQuery(PageQuery), async (req, res) => {
    sendPage(res, await keys.list(pageRequestOf(queryOf(req, PageQuery))), keyView);
  });
  router.delete('/admin/api-keys/:key_id', admins, async (req, res) => {
    await keys.revoke(String(req.params['key_id']));
    res.status(204).end();
  });
  return router;
}

function requestOf({ subject, role, label, expires_at: expires }: CreateApiKeyDto, now: number): ApiKeyRequest {
  const expiresAt = expires === undefined || expires === null ? undefined : Date.parse(expires);
  if (expiresAt !== undefined && expiresAt <= now) {
    throw validationFailed([{ pointer: '/expires_at', message: 'must be in the future' }]);
  }
  return { subject, role, label: label ?? undefined, expiresAt };
}

function issuedAnswer({ key, secret }: IssuedApiKey) {
  return { status: 201, body: { ...keyView(key), api_key: secret } };
}

/** A key without its secret, of which only a hash is kept. */
function keyView(key: ApiKeyEntity) {
  return {
    id: key.id,
    subject: key.subject,
    role: key.role,
    label: key.label,
    created_at: new Date(key.createdAt).toISOString(),
    expires_at: timeText(key.expiresAt),
    revoked_at: timeText(key.revokedAt),
  };
}
