import { type AgentApi, agentApi, type Operations, type Schemas } from '@aitbc/agent-client';
import { dataOf, done } from './answers';
import type { HttpTransport } from './http-transport';
import { onceOnly, segment } from './ids';

type Query<Name extends keyof Operations> = Operations[Name]['parameters']['query'];

/** The calls that are about webhooks; errors are those of `HttpTransport.fetch`. */
export class WebhookCalls {
  private readonly api: AgentApi;

  constructor(http: HttpTransport) {
    this.api = agentApi(http, http.url);
  }

  list(query: Query<'listWebhooks'>) {
    return dataOf(this.api.quick.GET('/api/v1/agent/webhooks', { params: { query } }));
  }

  get(id: string) {
    return dataOf(this.api.quick.GET('/api/v1/agent/webhooks/{webhook_id}', { params: paramsOf(id) }));
  }

  create(body: Schemas['WebhookRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/webhooks', { params: { header: onceOnly() }, body }));
  }

  update(id: string, body: Schemas['PatchWebhookRequest']) {
    return dataOf(this.api.quick.PATCH('/api/v1/agent/webhooks/{webhook_id}', { params: paramsOf(id), body }));
  }

  delete(id: string) {
    return done(this.api.quick.DELETE('/api/v1/agent/webhooks/{webhook_id}', { params: paramsOf(id) }));
  }

  rotateSecret(id: string, body: Schemas['RotateSecretRequest']) {
    const params = { ...paramsOf(id), header: onceOnly() };
    return dataOf(this.api.quick.POST('/api/v1/agent/webhooks/{webhook_id}/rotate-secret', { params, body }));
  }

  /** Sends a test event; the delivery is not done yet. */
  test(id: string) {
    const params = { ...paramsOf(id), header: onceOnly() };
    return dataOf(this.api.quick.POST('/api/v1/agent/webhooks/{webhook_id}/test', { params }));
  }

  deliveries(id: string, query: Query<'listWebhookDeliveries'>) {
    const params = { ...paramsOf(id), query };
    return dataOf(this.api.quick.GET('/api/v1/agent/webhooks/{webhook_id}/deliveries', { params }));
  }

  delivery(id: string, deliveryId: string) {
    const params = deliveryParams(id, deliveryId);
    return dataOf(this.api.quick.GET('/api/v1/agent/webhooks/{webhook_id}/deliveries/{delivery_id}', { params }));
  }

  replayDelivery(id: string, deliveryId: string) {
    const params = deliveryParams(id, deliveryId);
    const path = '/api/v1/agent/webhooks/{webhook_id}/deliveries/{delivery_id}/replay';
    return dataOf(this.api.quick.POST(path, { params }));
  }

  replay(id: string, body: Schemas['ReplayRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/webhooks/{webhook_id}/replay', { params: paramsOf(id), body }));
  }
}

function paramsOf(id: string) {
  return { path: { webhook_id: segment(id) } };
}

function deliveryParams(id: string, deliveryId: string) {
  return { path: { webhook_id: segment(id), delivery_id: segment(deliveryId) } };
}
