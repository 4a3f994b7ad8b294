import { writeFileSync } from 'node:fs';
import { OtlpCollector, type ReceivedSpan, waitFor } from '@aitbc/shared-core/testing';
import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { AGENT_API } from './api';
import { createWorkflow, execute, finalState } from './testing/executions';
import { type LaunchedApp, type LaunchedPlatform, TestBed } from './testing/test-bed';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
/** Loaded into a process before its own code. */
const TELLS_CONNECTIONS = String.raw`
  const { Socket } = require('node:net');
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...to) {
    process.stderr.write('opens a connection to ' + to.flat()[0].port + '\n');
    return connect.apply(this, to);
  };`;
const SERVER = 2;
const CLIENT = 3;

/** A step of each place where work is done: in a child process, and by a miner at an endpoint of its own. */
const WORKFLOW = {
  name: 'Traced',
  steps: {
    prepare: { name: 'P', step_type: 'data_processing', config: { expression: "{ 'prompt': 'one two' }" } },
    ask: {
      name: 'A',
      step_type: 'inference',
      config: { service_type: 'llm_inference', parameters: { model: 'tiny-llm' } },
      model_requirements: { model: 'tiny-llm' },
      input_mappings: { prompt: 'steps.prepare.output.prompt' },
    },
    skipped: { name: 'S', step_type: 'data_processing', config: { expression: '1' }, when: 'false' },
  },
  dependencies: { ask: ['prepare'] },
};

describe('a trace of the platform', () => {
  let bed: TestBed;
  let collector: OtlpCollector;
  let chat: ChatServer;

  beforeEach(async () => {
    bed = new TestBed();
    collector = await OtlpCollector.start();
    chat = await startChatServer(['tiny-llm']);
  });
  afterEach(async () => {
    await bed.close();
    await collector.stop();
    await chat.close();
  });

  const exported = () => ({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const only = (name: string): ReceivedSpan => {
    const found = collector.trace(TRACE).filter((span) => span.name === name);
    if (found.length !== 1) throw new Error(`${found.length} spans '${name}' in ${names().join(', ')}`);
    return found[0] as ReceivedSpan;
  };
  const names = () => collector.trace(TRACE).map(({ name }) => name);

  it('goes from the caller over execution, step and job to the miner and its endpoint', async () => {
    const platform = await bed.platform(exported());
    const { client, coordinator, agents } = platform;
    const miner = await bed.miner(coordinator, 'miner-1', { ...exported(), INFERENCE_BASE_URL: chat.url });
    const id = await startTraced(platform, await createWorkflow(client, WORKFLOW));
    const { status } = await finalState(client, id);
    expect(status).toBe('completed');
    // All say at their stop what they have not said yet.
    for (const app of [miner, agents, coordinator]) expect(await app.process.stop()).toBe('0');

    const request = only(`POST ${AGENT_API}/workflows/:workflow_id/execute`);
    const execution = only('invoke_workflow Traced');
    const step = only('inference ask');
    const job = only('job llm_inference');
    const run = only('process llm_inference');
    const call = only('chat tiny-llm');
    const report = only('POST /api/v1/miners/{job_id}/result');
    expect(request).toMatchObject({ parentSpanId: CALLER, kind: SERVER });
    expect(execution.parentSpanId).toBe(request.spanId);
    for (const name of ['data_processing prepare', 'inference ask', 'data_processing skipped']) {
      expect(only(name).parentSpanId).toBe(execution.spanId);
    }
    // From service to service: the submission of the job, and the question what came of it.
    for (const [method, route] of [
      ['PUT', '/api/v1/delegated-jobs/by-key/:key'],
      ['GET', '/api/v1/delegated-jobs/:job_id'],
    ] as const) {
      const sent = only(`${method} ${route.replace(/:(\w+)/, '{$1}')}`);
      expect(sent).toMatchObject({ parentSpanId: step.spanId, kind: CLIENT });
      expect(only(`${method} ${route}`)).toMatchObject({ parentSpanId: sent.spanId, kind: SERVER });
    }
    expect(job.parentSpanId).toBe(only('PUT /api/v1/delegated-jobs/by-key/:key').spanId);
    expect(run.parentSpanId).toBe(job.spanId);
    expect(call.parentSpanId).toBe(run.spanId);
    expect(only('POST /chat/completions')).toMatchObject({ parentSpanId: call.spanId, kind: CLIENT });
    expect(report.parentSpanId).toBe(run.spanId);
    expect(only('POST /api/v1/miners/:job_id/result').parentSpanId).toBe(report.spanId);

    expect(execution.attributes).toMatchObject({ 'gen_ai.workflow.name': 'Traced', 'aitbc.execution.id': id });
    expect(call.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 2, 'gen_ai.usage.output_tokens': 2 });
    expect(job.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 2, 'aitbc.job.state': 'COMPLETED' });
    expect(only('data_processing skipped').attributes).toMatchObject({ 'aitbc.step.status': 'skipped' });
    expect(services()).toEqual(['agent-management', 'coordinator-api', 'miner']);
    expect(names()).toHaveLength(15);
    // The endpoint of the miner is the last that hears of it.
    expect(chat.requests.at(-1)?.traceparent).toBe(`00-${TRACE}-${only('POST /chat/completions').spanId}-01`);
    const lines = [...coordinator.log(), ...agents.log(), ...miner.log()].filter((line) => line['trace_id'] === TRACE);
    const spanIdsOf = (message: string) => lines.filter((line) => line['message'] === message).map((l) => l['span_id']);
    expect(spanIdsOf('the execution has completed')).toEqual([execution.spanId]);
    expect(spanIdsOf('job finished')).toEqual([run.spanId]);
    expect(lines.filter(({ event }) => event === 'request').map((line) => line['span_id'])).toContain(request.spanId);
  });

  it('tells each step once when the process is killed amid the execution', async () => {
    const workflow = {
      name: 'Traced',
      steps: {
        first: { name: 'F', step_type: 'data_processing', config: { expression: '1' } },
        second: { name: 'S', step_type: 'data_processing', config: { expression: '2' } },
        third: { name: 'T', step_type: 'data_processing', config: { expression: '3' } },
      },
      dependencies: { second: ['first'], third: ['second'] },
    };
    // The third commit tells that the second step has begun; it is killed before its end is stored.
    const platform = await bed.platform(exported(), { agents: { DEBUG_KILL_AT: 'handler_ended:2' } });
    const { client, coordinator, agents } = platform;
    const id = await startTraced(platform, await createWorkflow(client, workflow));
    expect(await agents.process.ended).toBe('SIGKILL');
    const next = await bed.agentManagement(coordinator, { ...exported(), PORT: new URL(agents.url).port });
    expect((await finalState(client, id)).status).toBe('completed');
    await next.process.stop();

    const execution = only('invoke_workflow Traced');
    for (const step of ['first', 'second', 'third']) {
      expect(only(`data_processing ${step}`).parentSpanId).toBe(execution.spanId);
    }
    expect(only('data_processing second').events.map(({ name }) => name)).toEqual(['step.restarted']);
    expect(only('data_processing first').endedAt).toBeLessThanOrEqual(only('data_processing second').startedAt);
  });

  it('is recorded nowhere unless a collector is named, and goes through all the same', async () => {
    const watch = bed.folder.file('watch.cjs');
    writeFileSync(watch, TELLS_CONNECTIONS);
    const watched = { NODE_OPTIONS: `--require=${watch}` };
    const platform = await bed.platform({ OTEL_TRACES_SAMPLER_ARG: '1', ...watched });
    const { client, coordinator, agents } = platform;
    const miner = await bed.miner(coordinator, 'miner-1', { INFERENCE_BASE_URL: chat.url, ...watched });
    const id = await startTraced(platform, await createWorkflow(client, WORKFLOW));
    expect((await finalState(client, id)).status).toBe('completed');
    for (const app of [miner, agents, coordinator]) await app.process.stop();
    // The others have opened some, which shows that they are told; the coordinator, who calls nobody, not a single one.
    const opened = ({ stderr }: LaunchedApp) => stderr.filter((line) => line.startsWith('opens a connection'));
    expect(opened(miner)).not.toEqual([]);
    const portOf = ({ url }: { url: string }) => new URL(url).port;
    expect(new Set(opened(agents))).toEqual(new Set([`opens a connection to ${portOf(coordinator)}`]));
    expect(opened(coordinator)).toEqual([]);
    expect(chat.requests.at(-1)?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  });

  it('is none where the caller does not want one', async () => {
    const platform = await bed.platform(exported());
    const { client, coordinator, agents } = platform;
    const id = await startTraced(platform, await createWorkflow(client, WORKFLOW), '00');
    await client.post(`${AGENT_API}/executions/${id}/cancel`, {});
    for (const app of [agents, coordinator]) await app.process.stop();
    expect(names()).toEqual([]);
  });

  it('does not hold up work, or a stop, when the collector does not answer', async () => {
    collector.hang();
    const { client, coordinator, agents } = await bed.platform(exported());
    const workflow = { ...WORKFLOW, steps: { prepare: WORKFLOW.steps.prepare }, dependencies: {} };
    const id = await execute(client, await createWorkflow(client, workflow));
    expect((await finalState(client, id)).status).toBe('completed');
    await waitFor(() => collector.requests.length > 0);
    for (const app of [agents, coordinator]) expect(await app.process.stop()).toBe('0');
  });

  function services(): string[] {
    return [...new Set(collector.trace(TRACE).map(({ resource }) => String(resource['service.name'])))].sort();
  }

  async function startTraced({ agents, keys }: LaunchedPlatform, workflowId: string, flags = '01'): Promise<string> {
    const answer = await fetch(`${agents.url}${AGENT_API}/workflows/${workflowId}/execute`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': keys.client,
        traceparent: `00-${TRACE}-${CALLER}-${flags}`,
      },
      body: JSON.stringify({ inputs: {} }),
    });
    const { execution_id } = (await answer.json()) as { execution_id: string };
    return execution_id;
  }
});
