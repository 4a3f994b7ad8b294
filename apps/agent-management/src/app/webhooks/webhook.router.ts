import {
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  ifMatch,
  keepAnswer,
  PageQuery,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import type { Webhook } from '@aitbc/shared-domain';
import { type Request, type Response, Router } from 'express';
import { PatchWebhookDto, RotateSecretDto, WebhookDto } from './webhook.dto';
import type { WebhookService } from './webhook.service';
import { webhookBody, webhookEtag, webhookWithSecretBody } from './webhook.view';

type WebhookParams = { webhook_id: string };

/** The answers that show a secret are not kept, neither for a repeat nor by a cache on the way. */
const SHOWS_SECRET = { replayable: false };

/** `/webhooks` of the agent context. Stands after `authenticate`. */
export function createWebhookRouter(service: WebhookService, records: IdempotencyRecords): Router {
  const router = Router();
  addCollection(router, service, records);
  router.get('/webhooks/:webhook_id', async (req: Request<WebhookParams>, res) => {
    sendWebhook(res, await service.get(principalOf(req), req.params.webhook_id));
  });
  router.patch('/webhooks/:webhook_id', validateBody(PatchWebhookDto), async (req: Request<WebhookParams>, res) => {
    const { webhook_id } = req.params;
    const expected = ifMatch(req, webhookEtag);
    sendWebhook(res, await service.patch(principalOf(req), webhook_id, bodyOf(req, PatchWebhookDto), expected));
  });
  router.delete('/webhooks/:webhook_id', async (req: Request<WebhookParams>, res) => {
    await service.delete(principalOf(req), req.params.webhook_id, ifMatch(req, webhookEtag));
    res.status(204).end();
  });
  addRotation(router, service, records);
  return router;
}

function addCollection(router: Router, service: WebhookService, records: IdempotencyRecords): void {
  router.post('/webhooks', idempotent(records), validateBody(WebhookDto), async (req, res) => {
    const answer = (webhook: Webhook) => ({
      status: 201,
      location: `${req.baseUrl}/webhooks/${webhook.id}`,
      etag: webhookEtag(webhook),
      body: webhookWithSecretBody(webhook),
    });
    const within = keepAnswer(req, answer, SHOWS_SECRET);
    const webhook = await service.create(principalOf(req), bodyOf(req, WebhookDto), within);
    res.setHeader('Cache-Control', 'no-store');
    sendAnswer(res, answer(webhook));
  });
  router.get('/webhooks', validateQuery(PageQuery), async (req, res) => {
    const page = pageRequestOf(queryOf(req, PageQuery));
    sendPage(res, await service.list(principalOf(req), page), webhookBody);
  });
}

function addRotation(router: Router, service: WebhookService, records: IdempotencyRecords): void {
  router.post(
    '/webhooks/:webhook_id/rotate-secret',
    idempotent(records),
    validateBody(RotateSecretDto),
    async (req: Request<WebhookParams>, res) => {
      const answer = (webhook: Webhook) => ({
        status: 200,
        etag: webhookEtag(webhook),
        body: webhookWithSecretBody(webhook),
      });
      const { overlap_seconds } = bodyOf(req, RotateSecretDto);
      const within = keepAnswer(req, answer, SHOWS_SECRET);
      const webhook = await service.rotateSecret(principalOf(req), req.params.webhook_id, overlap_seconds, within);
      res.setHeader('Cache-Control', 'no-store');
      sendAnswer(res, answer(webhook));
    },
  );
}

function sendWebhook(res: Response, webhook: Webhook): void {
  res.set('ETag', webhookEtag(webhook)).json(webhookBody(webhook));
}
