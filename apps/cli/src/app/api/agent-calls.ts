import {
  type AgentApi,
  agentApi,
  followEvents,
  followExecution,
  type FollowOptions,
  type Operations,
  type Schemas,
} from '@aitbc/agent-client';
import { dataOf, done } from './answers';
import type { HttpTransport } from './http-transport';
import { onceOnly, segment } from './ids';

/** A watcher outlives a restart of the platform: with doubling pauses this is about half a minute. */
const WATCH_TRIES = 20;
const WATCH_SECONDS = 30;

type Query<Name extends keyof Operations> = NonNullable<Operations[Name]['parameters']['query']>;

/** The calls of the agent context that this program makes; errors are those of `HttpTransport.fetch`. */
export class AgentCalls {
  private readonly api: AgentApi;
  private readonly watching: AgentApi;

  constructor(http: HttpTransport) {
    this.api = agentApi(http, http.url);
    this.watching = agentApi(http.withTries(WATCH_TRIES), http.url);
  }

  /** Kinds of jobs, as agents see them: nearly every key may ask, so that it tells whether the agent context is there. */
  services() {
    return dataOf(this.api.quick.GET('/api/v1/agent/services'));
  }

  agents(query: Query<'listAgents'>) {
    return dataOf(this.api.quick.GET('/api/v1/agent/agents', { params: { query } }));
  }

  agent(id: string) {
    return dataOf(this.api.quick.GET('/api/v1/agent/agents/{agent_id}', { params: agentParams(id) }));
  }

  registerAgent(body: Schemas['RegisterAgentRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/agents/register', { params: { header: onceOnly() }, body }));
  }

  changeAgent(id: string, change: 'activate' | 'retire') {
    return dataOf(this.api.quick.POST(`/api/v1/agent/agents/{agent_id}/${change}`, { params: agentParams(id) }));
  }

  workflows(query: Query<'listWorkflows'>) {
    return dataOf(this.api.quick.GET('/api/v1/agent/workflows', { params: { query } }));
  }

  workflow(id: string) {
    return dataOf(this.api.quick.GET('/api/v1/agent/workflows/{workflow_id}', { params: workflowParams(id) }));
  }

  createWorkflow(body: Schemas['WorkflowRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/workflows', { params: { header: onceOnly() }, body }));
  }

  updateWorkflow(id: string, body: Schemas['WorkflowRequest']) {
    return dataOf(this.api.quick.PUT('/api/v1/agent/workflows/{workflow_id}', { params: workflowParams(id), body }));
  }

  validateWorkflow(body: Schemas['WorkflowRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/workflows/validate', { body }));
  }

  deleteWorkflow(id: string, force: boolean) {
    const params = { ...workflowParams(id), query: { force } };
    return done(this.api.quick.DELETE('/api/v1/agent/workflows/{workflow_id}', { params }));
  }

  execute(workflowId: string, body: Schemas['ExecuteRequest']) {
    const params = { ...workflowParams(workflowId), header: onceOnly() };
    return dataOf(this.api.quick.POST('/api/v1/agent/workflows/{workflow_id}/execute', { params, body }));
  }

  executions(query: Query<'listExecutions'>) {
    return dataOf(this.api.quick.GET('/api/v1/agent/executions', { params: { query } }));
  }

  execution(id: string) {
    return dataOf(
      this.api.quick.GET('/api/v1/agent/executions/{execution_id}/status', { params: executionParams(id) }),
    );
  }

  /**
   * The same for those who look again and again: it is tried for longer, and answered as soon as there is an event after
   * number `since`.
   */
  watchedExecution(id: string, since: number | undefined) {
    const wait = since === undefined ? 0 : WATCH_SECONDS;
    const params = { ...executionParams(id), query: { wait, since } };
    return dataOf(this.watching.patient(wait).GET('/api/v1/agent/executions/{execution_id}/status', { params }));
  }

  /** What happens in all executions from now on, or after an event. */
  events(query: Parameters<typeof followEvents>[1], options: FollowOptions) {
    return followEvents(this.watching, query, options);
  }

  /** What happens in one execution, from its beginning to its end. */
  executionEvents(id: string, query: Query<'followExecution'>, options: FollowOptions) {
    return followExecution(this.watching, segment(id), query, options);
  }

  executionLogs(id: string) {
    return dataOf(this.api.quick.GET('/api/v1/agent/executions/{execution_id}/logs', { params: executionParams(id) }));
  }

  executionCost(id: string) {
    return dataOf(this.api.quick.GET('/api/v1/agent/executions/{execution_id}/cost', { params: executionParams(id) }));
  }

  cancelExecution(id: string, body: Schemas['ReasonRequest']) {
    const params = executionParams(id);
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/{execution_id}/cancel', { params, body }));
  }

  pauseExecution(id: string, body: Schemas['ReasonRequest']) {
    const params = executionParams(id);
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/{execution_id}/pause', { params, body }));
  }

  resumeExecution(id: string) {
    const params = executionParams(id);
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/{execution_id}/resume', { params }));
  }

  /** A new execution, which goes on from what this one has completed. */
  retryExecution(id: string, body: Schemas['RetryRequest']) {
    const params = { ...executionParams(id), header: onceOnly() };
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/{execution_id}/retry', { params, body }));
  }

  signalExecution(id: string, name: string, data: unknown) {
    const params = { path: { execution_id: segment(id), name: segment(name) }, header: onceOnly() };
    const path = '/api/v1/agent/executions/{execution_id}/signals/{name}';
    return dataOf(this.api.quick.POST(path, { params, body: { data } }));
  }

  cancelExecutions(body: Schemas['BulkCancelRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/cancel', { body }));
  }

  retryExecutions(body: Schemas['BulkRequest']) {
    return dataOf(this.api.quick.POST('/api/v1/agent/executions/retry', { body }));
  }

  receipt(executionId: string) {
    const params = executionParams(executionId);
    return dataOf(this.api.quick.GET('/api/v1/agent/executions/{execution_id}/receipt', { params }));
  }

  stepReceipt(executionId: string, stepId: string) {
    const params = { path: { execution_id: segment(executionId), step_id: segment(stepId) } };
    const path = '/api/v1/agent/executions/{execution_id}/receipt/steps/{step_id}';
    return dataOf(this.api.quick.GET(path, { params }));
  }
}

function agentParams(id: string) {
  return { path: { agent_id: segment(id) } };
}

function workflowParams(id: string) {
  return { path: { workflow_id: segment(id) } };
}

function executionParams(id: string) {
  return { path: { execution_id: segment(id) } };
}
