import {
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  keepAnswer,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import type { WebhookDelivery } from '@aitbc/shared-domain';
import { type Request, Router } from 'express';
import { ReplayDto, WebhookDeliveryQuery } from '../webhook.dto';
import { deliveryBody, deliveryWithEventBody } from '../webhook.view';
import type { DeliveryService } from './delivery.service';

type WebhookParams = { webhook_id: string };
type DeliveryParams = WebhookParams & { delivery_id: string };

/** What is done with the deliveries of a webhook. Stands after `authenticate`. */
export function createDeliveryRouter(service: DeliveryService, records: IdempotencyRecords): Router {
  const router = Router();
  const deliveries = '/webhooks/:webhook_id/deliveries';
  router.get(deliveries, validateQuery(WebhookDeliveryQuery), async (req: Request<WebhookParams>, res) => {
    const query = queryOf(req, WebhookDeliveryQuery);
    const found = await service.list(principalOf(req), req.params.webhook_id, query, pageRequestOf(query));
    sendPage(res, found, deliveryBody);
  });
  router.get(`${deliveries}/:delivery_id`, async (req: Request<DeliveryParams>, res) => {
    const { webhook_id, delivery_id } = req.params;
    res.json(deliveryWithEventBody(await service.get(principalOf(req), webhook_id, delivery_id)));
  });
  router.post(`${deliveries}/:delivery_id/replay`, async (req: Request<DeliveryParams>, res) => {
    const { webhook_id, delivery_id } = req.params;
    res.status(202).json(deliveryBody(await service.replay(principalOf(req), webhook_id, delivery_id)));
  });
  router.post('/webhooks/:webhook_id/replay', validateBody(ReplayDto), async (req: Request<WebhookParams>, res) => {
    const request = bodyOf(req, ReplayDto);
    const { replayed, lastId } = await service.replayAll(principalOf(req), req.params.webhook_id, request);
    res.status(202).json({ replayed, next_after: lastId ?? null });
  });
  router.post('/webhooks/:webhook_id/test', idempotent(records), async (req: Request<WebhookParams>, res) => {
    const { webhook_id } = req.params;
    const answer = (delivery: WebhookDelivery) => ({
      status: 202,
      location: `${req.baseUrl}/webhooks/${webhook_id}/deliveries/${delivery.id}`,
      body: deliveryBody(delivery),
    });
    sendAnswer(res, answer(await service.test(principalOf(req), webhook_id, keepAnswer(req, answer))));
  });
  return router;
}
