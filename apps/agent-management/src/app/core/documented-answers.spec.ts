import { ApiKeyService, generateSigningKey, openDatabase, platformEntities, type Role } from '@aitbc/shared-core';
import { type CallMethod, DocumentedCaller, memoryLogger, VERSION, waitFor } from '@aitbc/shared-core/testing';
import { join } from 'node:path';
import { AGENT_API, agentManagementDocument } from '../openapi';
import { openAgentManagement, type OpenAgentManagement } from './testing/open-agent-management';

const KINDS = ['whisper', 'stable_diffusion', 'llm_inference', 'ffmpeg', 'blender', 'text_analysis'];
const STEPS = { sum: { name: 'Sum', step_type: 'data_processing', config: { expression: 'inputs.a + 1' } } };

const AGENT_KEY = generateSigningKey();

describe('the answers of agent-management', () => {
  let opened: OpenAgentManagement;
  let api: DocumentedCaller;
  let client: string;
  let service: string;
  let miner: string;
  beforeAll(async () => {
    opened = await openAgentManagement();
    opened.service.start();
    const kind = { name: 'K', description: 'D', models: ['tiny'], minersOnline: 1, schema: {}, constraints: {} };
    opened.jobs.kinds = KINDS.map((type) => ({ ...kind, type }));
    api = new DocumentedCaller(opened.service.app, agentManagementDocument(VERSION));
    [client, service, miner] = await keysFor('client', 'service', 'miner');
  });
  beforeEach(() => api.faults.splice(0));
  afterEach(() => expect(api.faults).toEqual([]));
  afterAll(() => opened.close());

  /** Keys are made by the coordinator; the database is the one that both share. */
  async function keysFor(...roles: [Role, Role, Role]): Promise<[string, string, string]> {
    const url = `sqlite:${join(opened.folder, 'coordinator.db')}`;
    const db = await openDatabase({ url, entities: platformEntities, migrations: [], logger: memoryLogger().logger });
    const keys = new ApiKeyService(db);
    const issue = async (role: Role) => (await keys.issue({ subject: `a-${role}`, role })).secret;
    const secrets: [string, string, string] = [await issue(roles[0]), await issue(roles[1]), await issue(roles[2])];
    await db.close();
    return secrets;
  }

  /** As the client, below the agent context. */
  function agents(status: number, method: CallMethod, path: string, body?: unknown, headers?: Record<string, string>) {
    return api.call(status, method, `${AGENT_API}${path}`, { key: client, body, ...(headers ? { headers } : {}) });
  }

  it('of the operational routes are as documented', async () => {
    await api.call(503, 'get', '/ready');
    opened.service.state.markReady();
    for (const path of ['/ready', '/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs']) {
      await api.call(200, 'get', path);
    }
  });

  it('to requests that are refused are as documented', async () => {
    await api.call(401, 'get', `${AGENT_API}/agents`);
    await api.call(403, 'get', `${AGENT_API}/agents`, { key: miner });
    await agents(400, 'get', '/agents?capability=%zz');
    await agents(404, 'get', '/agents/nobody');
    await agents(413, 'post', '/workflows', { name: 'x'.repeat(1_100_000) });
    await agents(415, 'post', '/workflows', 'text', { 'Content-Type': 'text/plain' });
    await agents(422, 'post', '/workflows', { name: 1 });
  });

  it('about agents are as documented', async () => {
    await agents(201, 'post', '/agents/register', { public_key: AGENT_KEY.jwk, agent_id: 'one', capabilities: ['x'] });
    await agents(200, 'get', '/agents?count=true');
    await agents(200, 'get', '/agents/one');
    await agents(200, 'patch', '/agents/one', { name: 'One', endpoint_url: 'https://agent.test/', metadata: { a: 1 } });
    await agents(412, 'patch', '/agents/one', { name: 'Two' }, { 'If-Match': '"other"' });
    await agents(200, 'post', '/agents/one/heartbeat', { load: 0.5, metrics: { queue: 1 } });
    await agents(200, 'post', '/agents/one/status', { status: 'busy' });
    await agents(200, 'post', '/agents/one/activate');
    await agents(200, 'get', '/agents/one/profile');
    await agents(200, 'post', '/agents/one/suspend');
    await agents(200, 'post', '/agents/one/retire');
    await agents(409, 'post', '/agents/one/activate');
    await agents(204, 'delete', '/agents/one');
    await agents(200, 'get', '/stats');
  });

  it('about networks of agents are as documented', async () => {
    await agents(201, 'post', '/agents/register', { public_key: AGENT_KEY.jwk, agent_id: 'node', capabilities: [] });
    const { body } = await agents(201, 'post', '/networks', { name: 'Net', agents: ['node'] });
    await agents(200, 'get', '/networks?count=true');
    await agents(200, 'get', `/networks/${body.id}`);
    await agents(200, 'patch', `/networks/${body.id}`, { description: 'Of one', coordination: 'decentralized' });
    await agents(412, 'patch', `/networks/${body.id}`, { name: 'Other' }, { 'If-Match': '"other"' });
    await agents(204, 'delete', `/networks/${body.id}`);
  });

  it('about webhooks are as documented', async () => {
    const { body } = await agents(201, 'post', '/webhooks', { url: 'https://hooks.test/', event_types: ['step.*'] });
    const path = `/webhooks/${body.id}`;
    await agents(200, 'get', '/webhooks?count=true');
    await agents(200, 'get', path);
    await agents(200, 'patch', path, { description: 'Mine' });
    await agents(412, 'patch', path, { active: false }, { 'If-Match': '"other"' });
    await agents(200, 'post', `${path}/rotate-secret`, {});
    const { body: delivery } = await agents(202, 'post', `${path}/test`);
    await agents(200, 'get', `${path}/deliveries?count=true`);
    await agents(200, 'get', `${path}/deliveries/${delivery.id}`);
    await agents(202, 'post', `${path}/deliveries/${delivery.id}/replay`);
    await agents(202, 'post', `${path}/replay`, { since: '2020-01-01T00:00:00Z' });
    await agents(200, 'patch', path, { active: false });
    await agents(409, 'post', `${path}/test`);
    await agents(204, 'delete', path);
    await agents(404, 'get', path);
  });

  it('about workflows are as documented', async () => {
    const { body } = await agents(201, 'post', '/workflows', { name: 'Sum', steps: STEPS, tags: ['a'] });
    await agents(200, 'get', '/workflows?tags=a&count=true');
    await agents(200, 'get', `/workflows/${body.id}`);
    await agents(200, 'put', `/workflows/${body.id}`, {
      name: 'Sum 2',
      steps: STEPS,
      outputs: { a: 'steps.sum.output' },
    });
    await agents(412, 'put', `/workflows/${body.id}`, { name: 'Sum 3', steps: STEPS }, { 'If-Match': '"other"' });
    await agents(200, 'post', '/workflows/validate', { name: 'Sum', steps: STEPS });
    await agents(200, 'post', '/workflows/validate', { name: 'Sum' });
    await agents(200, 'get', `/workflows/${body.id}/versions`);
    await agents(200, 'get', `/workflows/${body.id}/versions/1`);
    await agents(204, 'delete', `/workflows/${body.id}?force=true`);
  });

  it('about executions and their receipts are as documented', async () => {
    const { body: workflow } = await agents(201, 'post', '/workflows', { name: 'Sum', steps: STEPS });
    const { body } = await agents(202, 'post', `/workflows/${workflow.id}/execute`, { inputs: { a: 1 } });
    const path = `/executions/${body.execution_id}`;
    const done = await waitFor(async () => {
      const answer = await agents(200, 'get', path);
      return answer.body.status === 'completed' ? answer.body : undefined;
    });
    expect(done.final_result).toBeDefined();
    await agents(202, 'post', `/workflows/${workflow.id}/execute`, { inputs: { a: 1 } });
    await agents(200, 'get', `${path}/status`);
    await agents(200, 'get', `${path}/logs`);
    await agents(200, 'get', `${path}/cost`);
    await agents(200, 'get', '/executions?status=completed');
    await agents(200, 'get', `${path}/events`);
    await agents(204, 'get', `${path}/events?after=1000`);
    await agents(404, 'get', '/executions/exec_none/events');
    await agents(200, 'get', '/events?type=execution.completed');
    await agents(403, 'get', '/events?owner_id=somebody');
    await agents(409, 'post', `${path}/cancel`, {});
    const { body: receipt } = await agents(200, 'get', `${path}/receipt`);
    await agents(200, 'post', '/receipts/verify', receipt);
    const { body: step } = await agents(200, 'get', `${path}/receipt/steps/${receipt.steps[0].step_id}`);
    await agents(200, 'post', '/receipts/verify', step);
    await agents(200, 'post', '/receipts/verify', { jws: 'a.b.c' });
  });

  it('about executions that are cancelled are as documented', async () => {
    const config = { service_type: 'llm_inference', parameters: { model: 'tiny' } };
    const prompt = { prompt: 'inputs.prompt' };
    const steps = { wait: { name: 'Wait', step_type: 'inference', config, input_mappings: prompt } };
    const { body: workflow } = await agents(201, 'post', '/workflows', { name: 'Wait', steps });
    const { body } = await agents(202, 'post', `/workflows/${workflow.id}/execute`, { inputs: { prompt: 'x' } });
    await agents(200, 'post', `/executions/${body.execution_id}/cancel`, { reason: 'enough' });
  });

  it('about the control of executions are as documented', async () => {
    const config = { wait_for: { signal: 'go' } };
    const steps = { ask: { name: 'Ask', step_type: 'data_processing', config } };
    const { body: workflow } = await agents(201, 'post', '/workflows', { name: 'Ask', steps });
    const { body } = await agents(202, 'post', `/workflows/${workflow.id}/execute`);
    const path = `/executions/${body.execution_id}`;
    await agents(200, 'get', `${path}?wait=0&since=0`);
    await agents(200, 'post', `${path}/pause`, { reason: 'lunch' });
    await agents(409, 'post', `${path}/pause`);
    await agents(200, 'post', `${path}/resume`);
    await agents(202, 'post', `${path}/signals/go`, { data: 1 });
    await agents(200, 'post', '/executions/cancel', { workflow_id: workflow.id });
    const { body: other } = await agents(202, 'post', `/workflows/${workflow.id}/execute`);
    await agents(200, 'post', `/executions/${other.execution_id}/cancel`, {});
    await agents(202, 'post', `/executions/${other.execution_id}/retry`, { from_step: 'ask' });
    await agents(200, 'post', '/executions/retry', { execution_ids: [other.execution_id] });
  });

  it('about streams of text are as documented', async () => {
    const streamed = agents(200, 'post', '/services/llm/stream', { model: 'tiny', prompt: 'Once' });
    const isAsked = ({ serviceRequest }: { serviceRequest: object }) => 'stream' in serviceRequest;
    const { jobId } = await waitFor(() => opened.jobs.submissions.find(isAsked));
    opened.jobs.say(jobId, 'upon');
    opened.jobs.end(jobId, { result: { text: 'upon' } });
    expect((await streamed).text).toContain('data: {"text":"upon"}');
    await agents(200, 'get', `/services/jobs/${jobId}/stream`);
    await agents(422, 'post', '/services/llm/stream', { model: 'tiny', prompt: 'Once', stream: false });
    await agents(404, 'get', '/services/jobs/job_none/stream');
  });

  it('about service jobs are as documented', async () => {
    const text = { text: 'A fine day.', tasks: ['language'] };
    await agents(200, 'get', '/services');
    await agents(200, 'get', '/services/whisper/schema');
    const { body } = await agents(201, 'post', '/services/text_analysis', text, { 'Idempotency-Key': 'one' });
    await agents(200, 'get', `/services/jobs/${body.job_id}`);
    await agents(404, 'post', '/services/alchemy', {});
    const url = 'https://files.test/a';
    const requests: [string, object][] = [
      ['whisper/transcribe', { audio_url: url }],
      ['whisper/translate', { audio_url: url }],
      ['stable-diffusion/generate', { prompt: 'A river' }],
      ['stable-diffusion/img2img', { prompt: 'A river', init_image_url: url }],
      ['llm/inference', { model: 'tiny', prompt: 'Once' }],
      ['ffmpeg/transcode', { input_url: url, output_format: 'mp4' }],
      ['blender/render', { blend_file_url: url }],
      ['text-analysis', text],
    ];
    for (const [path, request] of requests) await agents(201, 'post', `/services/${path}`, request);
  });

  it('to the other services of the platform are as documented', async () => {
    await agents(201, 'post', '/agents/register', { public_key: AGENT_KEY.jwk, agent_id: 'seen', capabilities: [] });
    for (const path of ['agents/seen', 'counts', 'receipts?count=true']) {
      await api.call(200, 'get', `${AGENT_API}/directory/${path}`, { key: service });
    }
  });

  // The last one, since it asks what the others have called.
  it('are all of them compared here', () => {
    expect(api.uncalled()).toEqual([]);
  });
});
