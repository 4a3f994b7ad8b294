import { randomUUID } from 'node:crypto';
import type { ReceivedEvent } from '@aitbc/shared-core';
import type {
  Agent,
  ApiKey,
  BulkResult,
  Execution,
  ExecutionCost,
  ExecutionState,
  Job,
  JobEnd,
  KeyRotation,
  Miner,
  Page,
  PageOf,
  StepLog,
  Validation,
  Webhook,
  WebhookDelivery,
  Workflow,
} from './api-types';
import { CliError, EXIT } from './errors';
import type { Call, HttpTransport } from './http-transport';
import type { JsonRecord } from './json';

const API = '/api/v1';
const AGENT_API = `${API}/agent`;
const WEBHOOKS = `${AGENT_API}/webhooks`;
/** A watcher outlives a restart of the platform: with doubling pauses this is about half a minute. */
const WATCH_TRIES = 20;
const WATCH_SECONDS = 30;

type Query = NonNullable<Call['query']>;

/** Every call of the platform's HTTP API that this program makes; errors are those of `HttpTransport.send`. */
export class ApiClient {
  constructor(private readonly http: HttpTransport) {}

  /** Kinds of jobs; every valid key may ask, so that it also tells whether a key is one. */
  services(): Promise<Page<JsonRecord>> {
    return this.get(`${API}/services`);
  }

  jwks(): Promise<JsonRecord> {
    return this.get('/.well-known/jwks.json');
  }

  agents(query: Query & PageOf): Promise<Page<Agent>> {
    return this.get(`${AGENT_API}/agents`, query);
  }

  agent(id: string): Promise<Agent> {
    return this.get(`${AGENT_API}/agents/${segment(id)}`);
  }

  registerAgent(body: JsonRecord): Promise<{ agent: Agent }> {
    return this.create(`${AGENT_API}/agents/register`, body);
  }

  changeAgent(id: string, change: 'activate' | 'retire'): Promise<Agent> {
    return this.act(`${AGENT_API}/agents/${segment(id)}/${change}`);
  }

  workflows(query: Query & PageOf): Promise<Page<Workflow>> {
    return this.get(`${AGENT_API}/workflows`, query);
  }

  workflow(id: string): Promise<Workflow> {
    return this.get(`${AGENT_API}/workflows/${segment(id)}`);
  }

  createWorkflow(body: JsonRecord): Promise<Workflow> {
    return this.create(`${AGENT_API}/workflows`, body);
  }

  updateWorkflow(id: string, body: JsonRecord): Promise<Workflow> {
    return this.http.send({ method: 'PUT', path: `${AGENT_API}/workflows/${segment(id)}`, body });
  }

  validateWorkflow(body: JsonRecord): Promise<Validation> {
    return this.http.send({ method: 'POST', path: `${AGENT_API}/workflows/validate`, body });
  }

  deleteWorkflow(id: string, force: boolean): Promise<void> {
    return this.http.send({ method: 'DELETE', path: `${AGENT_API}/workflows/${segment(id)}`, query: { force } });
  }

  execute(workflowId: string, body: JsonRecord): Promise<Execution> {
    return this.create(`${AGENT_API}/workflows/${segment(workflowId)}/execute`, body);
  }

  executions(query: Query & PageOf): Promise<Page<Execution>> {
    return this.get(`${AGENT_API}/executions`, query);
  }

  execution(id: string): Promise<ExecutionState> {
    return this.get(`${AGENT_API}/executions/${segment(id)}/status`);
  }

  /**
   * The same for those who look again and again: it is tried for longer, and answered as soon as there is an event after
   * number `since`.
   */
  watchedExecution(id: string, since: number | undefined): Promise<ExecutionState> {
    const wait = since === undefined ? 0 : WATCH_SECONDS;
    const path = `${AGENT_API}/executions/${segment(id)}/status`;
    return this.http.send({
      ...{ method: 'GET', path, query: { wait, since } },
      ...{ tries: WATCH_TRIES, waitSeconds: wait },
    });
  }

  /** What happens in all executions from now on, or after an event. */
  events(query: Query): AsyncGenerator<ReceivedEvent> {
    return this.http.events({ method: 'GET', path: `${AGENT_API}/events`, query });
  }

  /** What happens in one execution, from its beginning to its end. */
  executionEvents(id: string, query: Query): AsyncGenerator<ReceivedEvent> {
    return this.http.events({ method: 'GET', path: `${AGENT_API}/executions/${segment(id)}/events`, query });
  }

  executionLogs(id: string): Promise<Execution & { step_logs: readonly StepLog[] }> {
    return this.get(`${AGENT_API}/executions/${segment(id)}/logs`);
  }

  executionCost(id: string): Promise<ExecutionCost> {
    return this.get(`${AGENT_API}/executions/${segment(id)}/cost`);
  }

  cancelExecution(id: string, reason: string | undefined): Promise<ExecutionState> {
    return this.act(`${AGENT_API}/executions/${segment(id)}/cancel`, reason === undefined ? {} : { reason });
  }

  pauseExecution(id: string, reason: string | undefined): Promise<ExecutionState> {
    return this.act(`${AGENT_API}/executions/${segment(id)}/pause`, reason === undefined ? {} : { reason });
  }

  resumeExecution(id: string): Promise<ExecutionState> {
    return this.act(`${AGENT_API}/executions/${segment(id)}/resume`);
  }

  /** A new execution, which goes on from what this one has completed. */
  retryExecution(id: string, body: JsonRecord): Promise<Execution> {
    return this.create(`${AGENT_API}/executions/${segment(id)}/retry`, body);
  }

  signalExecution(id: string, name: string, data: unknown): Promise<JsonRecord> {
    return this.create(`${AGENT_API}/executions/${segment(id)}/signals/${segment(name)}`, { data });
  }

  cancelExecutions(filter: JsonRecord): Promise<BulkResult> {
    return this.act(`${AGENT_API}/executions/cancel`, filter);
  }

  retryExecutions(filter: JsonRecord): Promise<BulkResult> {
    return this.act(`${AGENT_API}/executions/retry`, filter);
  }

  receipt(executionId: string): Promise<JsonRecord> {
    return this.get(`${AGENT_API}/executions/${segment(executionId)}/receipt`);
  }

  stepReceipt(executionId: string, stepId: string): Promise<JsonRecord> {
    return this.get(`${AGENT_API}/executions/${segment(executionId)}/receipt/steps/${segment(stepId)}`);
  }

  jobs(query: Query & PageOf): Promise<Page<Job>> {
    return this.get(`${API}/jobs`, query);
  }

  job(id: string): Promise<Job> {
    return this.get(`${API}/jobs/${segment(id)}`);
  }

  submitJob(body: JsonRecord): Promise<Job> {
    return this.create(`${API}/jobs`, body);
  }

  cancelJob(id: string): Promise<Job> {
    return this.act(`${API}/jobs/${segment(id)}/cancel`);
  }

  /** @param wait seconds that the platform may wait for the end of the job, at most 60. */
  jobResult(id: string, wait: number): Promise<JobEnd> {
    const path = `${API}/jobs/${segment(id)}/result`;
    return this.http.send({ method: 'GET', path, query: { wait }, waitSeconds: wait });
  }

  miners(query: PageOf): Promise<Page<Miner>> {
    return this.get(`${API}/miners`, query);
  }

  miner(id: string): Promise<Miner> {
    return this.get(`${API}/miners/${segment(id)}`);
  }

  webhooks(query: PageOf): Promise<Page<Webhook>> {
    return this.get(WEBHOOKS, query);
  }

  webhook(id: string): Promise<Webhook> {
    return this.get(`${WEBHOOKS}/${segment(id)}`);
  }

  createWebhook(body: JsonRecord): Promise<Webhook & { secret: string }> {
    return this.create(WEBHOOKS, body);
  }

  updateWebhook(id: string, body: JsonRecord): Promise<Webhook> {
    return this.http.send({ method: 'PATCH', path: `${WEBHOOKS}/${segment(id)}`, body });
  }

  deleteWebhook(id: string): Promise<void> {
    return this.http.send({ method: 'DELETE', path: `${WEBHOOKS}/${segment(id)}` });
  }

  rotateWebhookSecret(id: string, body: JsonRecord): Promise<Webhook & { secret: string }> {
    return this.create(`${WEBHOOKS}/${segment(id)}/rotate-secret`, body);
  }

  /** Sends a test event; the delivery is not done yet. */
  testWebhook(id: string): Promise<WebhookDelivery> {
    return this.create(`${WEBHOOKS}/${segment(id)}/test`, {});
  }

  webhookDeliveries(id: string, query: Query & PageOf): Promise<Page<WebhookDelivery>> {
    return this.get(`${WEBHOOKS}/${segment(id)}/deliveries`, query);
  }

  webhookDelivery(id: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.get(`${WEBHOOKS}/${segment(id)}/deliveries/${segment(deliveryId)}`);
  }

  replayWebhookDelivery(id: string, deliveryId: string): Promise<WebhookDelivery> {
    return this.act(`${WEBHOOKS}/${segment(id)}/deliveries/${segment(deliveryId)}/replay`);
  }

  replayWebhook(id: string, body: JsonRecord): Promise<{ replayed: number; next_after: string | null }> {
    return this.act(`${WEBHOOKS}/${segment(id)}/replay`, body);
  }

  apiKeys(query: PageOf): Promise<Page<ApiKey>> {
    return this.get(`${API}/admin/api-keys`, query);
  }

  createApiKey(body: JsonRecord): Promise<ApiKey & { api_key: string }> {
    return this.create(`${API}/admin/api-keys`, body);
  }

  revokeApiKey(id: string): Promise<void> {
    return this.http.send({ method: 'DELETE', path: `${API}/admin/api-keys/${segment(id)}` });
  }

  rotateSigningKey(): Promise<KeyRotation> {
    return this.create(`${API}/admin/signing-keys/rotate`);
  }

  private get<T>(path: string, query?: Query): Promise<T> {
    return this.http.send<T>({ method: 'GET', path, ...(query && { query }) });
  }

  /** One key for all tries, so that the platform makes one thing of them. */
  private create<T>(path: string, body?: JsonRecord): Promise<T> {
    const headers = { 'idempotency-key': randomUUID() };
    return this.http.send<T>({ method: 'POST', path, ...(body && { body }), headers });
  }

  private act<T>(path: string, body: JsonRecord = {}): Promise<T> {
    return this.http.send<T>({ method: 'POST', path, body });
  }
}

/**
 * An id in a path: whatever it holds, it stays one segment.
 * @throws CliError for what would lead to another path, as an empty variable of a script would to the whole list.
 */
function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new CliError(`'${id}' is no id.`, EXIT.usage);
  return encodeURIComponent(id);
}
