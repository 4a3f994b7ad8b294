import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import { waitFor } from '@aitbc/shared-core/testing';
import { DocumentedCaller, type Method } from './testing/documented-caller';
import { ADMIN_KEY, openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const AGENT = '/api/v1/agent';
const STEPS = { sum: { name: 'Sum', step_type: 'data_processing', config: { expression: 'inputs.a + 1' } } };

const MINER_KEY = generateSigningKey();
const OFFER = {
  capabilities: { services: ['text_analysis'], models: [], gpus: [], price: 0.25 },
  public_key: MINER_KEY.jwk,
};

describe('the answers of the coordinator', () => {
  let opened: OpenCoordinator;
  let api: DocumentedCaller;
  let client: string;
  let service: string;
  let miner: string;
  beforeAll(async () => {
    opened = await openCoordinator();
    opened.coordinator.start();
    api = new DocumentedCaller(opened.coordinator.app);
    client = await keyFor('client');
    service = await keyFor('service');
    miner = await keyFor('miner');
  });
  beforeEach(() => api.faults.splice(0));
  afterEach(() => expect(api.faults).toEqual([]));
  afterAll(() => opened.close());

  async function keyFor(role: string): Promise<string> {
    const body = { subject: `a-${role}`, role };
    return String((await api.call(201, 'post', '/api/v1/admin/api-keys', { key: ADMIN_KEY, body })).body.api_key);
  }

  /** As the client, below the agent context. */
  function agents(status: number, method: Method, path: string, body?: unknown, headers?: Record<string, string>) {
    return api.call(status, method, `${AGENT}${path}`, { key: client, body, ...(headers ? { headers } : {}) });
  }

  /** Below the base path of the coordinator. */
  function jobs(status: number, method: Method, path: string, key: string, body?: unknown, session?: string) {
    const headers: Record<string, string> = session === undefined ? {} : { 'x-miner-session': session };
    return api.call(status, method, `/api/v1${path}`, { key, body, headers });
  }

  it('of the operational routes are as documented', async () => {
    await api.call(503, 'get', '/ready');
    opened.coordinator.state.markReady();
    for (const path of ['/ready', '/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs']) {
      await api.call(200, 'get', path);
    }
  });

  it('to requests that are refused are as documented', async () => {
    await api.call(401, 'get', `${AGENT}/agents`);
    await api.call(403, 'get', `${AGENT}/agents`, { key: miner });
    await agents(400, 'get', '/agents?capability=%zz');
    await agents(404, 'get', '/agents/nobody');
    await agents(413, 'post', '/workflows', { name: 'x'.repeat(1_100_000) });
    await agents(415, 'post', '/workflows', 'text', { 'Content-Type': 'text/plain' });
    await agents(422, 'post', '/workflows', { name: 1 });
  });

  it('about agents are as documented', async () => {
    await agents(201, 'post', '/agents/register', { public_key: MINER_KEY.jwk, agent_id: 'one', capabilities: ['x'] });
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
    await agents(201, 'post', '/agents/register', { public_key: MINER_KEY.jwk, agent_id: 'node', capabilities: [] });
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

  it('about miners and jobs are as documented', async () => {
    const { body: session } = await jobs(200, 'post', '/miners/register', miner, { ...OFFER, miner_id: 'miner-1' });
    const token = String(session.session_token);
    await jobs(200, 'post', '/miners/heartbeat', miner, { inflight: [], metadata: { a: 1 } }, token);
    await jobs(204, 'post', '/miners/poll', miner, { max_wait_seconds: 0 }, token);
    const job = await submit();
    await jobs(425, 'get', `/jobs/${job}/result`, client);
    const { body: held } = await jobs(200, 'post', '/miners/poll', miner, { max_wait_seconds: 0 }, token);
    const result = signedResult(job, Number(held.attempt));
    await jobs(200, 'post', `/miners/${job}/result`, miner, { ...result, metrics: { duration_ms: 5 } }, token);
    for (const path of ['', '/result', '/receipt', '/receipts']) await jobs(200, 'get', `/jobs/${job}${path}`, client);
    await jobs(200, 'get', '/jobs?count=true', client);
    await jobs(200, 'get', '/jobs/history', client);
    await jobs(409, 'post', `/jobs/${job}/cancel`, client);
    await jobs(200, 'post', `/jobs/${await submit()}/cancel`, client);
    const failing = await submit();
    await jobs(200, 'post', '/miners/poll', miner, { max_wait_seconds: 0 }, token);
    await jobs(200, 'post', `/miners/${failing}/fail`, miner, { error: 'no', retryable: false }, token);
    await jobs(409, 'post', `/miners/${failing}/fail`, miner, { error: 'no' }, token);
    await jobs(200, 'get', `/jobs/${failing}/result`, client);
    for (const path of ['', '/miner-1', '/miner-1/jobs', '/miner-1/earnings'])
      await jobs(200, 'get', `/miners${path}`, miner);
    await jobs(200, 'put', '/miners/miner-1/capabilities', miner, {
      gpus: [{ name: 'A', memory_mb: 1 }],
      cuda: '12.4',
    });
    await jobs(204, 'delete', '/miners/miner-1', miner);
  });

  it('about the feed of finished jobs are as documented', async () => {
    const { body } = await jobs(200, 'get', '/jobs/changes', service);
    const submitted = await jobs(201, 'post', '/jobs', service, languageJob());
    await jobs(200, 'post', `/jobs/${submitted.body.job_id}/cancel`, service);
    const changes = await jobs(200, 'get', `/jobs/changes?after=${body.next_cursor}&wait=0`, service);
    expect(changes.body.items).toEqual([{ job_id: submitted.body.job_id, state: 'CANCELED' }]);
  });

  it('about kinds of services and keys are as documented', async () => {
    await jobs(200, 'get', '/services', client);
    await jobs(200, 'get', '/services/whisper/schema', client);
    await jobs(404, 'get', '/services/none/schema', client);
    const { body } = await jobs(200, 'get', '/admin/api-keys', ADMIN_KEY);
    const issued = await jobs(201, 'post', '/admin/api-keys', ADMIN_KEY, { subject: 'x', role: 'client', label: 'X' });
    await jobs(204, 'delete', `/admin/api-keys/${issued.body.id}`, ADMIN_KEY);
    await jobs(201, 'post', '/admin/signing-keys/rotate', ADMIN_KEY);
    expect(body.items).not.toEqual([]);
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

  it('about GPU offers are as documented', async () => {
    const capabilities = { ...OFFER.capabilities, gpus: [{ name: 'A', memory_mb: 1024 }] };
    await jobs(200, 'post', '/miners/register', miner, { ...OFFER, capabilities, miner_id: 'miner-2' });
    const offers = '/marketplace/gpu/offers';
    const offer = { miner_id: 'miner-2', gpu: 'A', price_per_hour: 1.5 };
    const { body } = await jobs(201, 'post', offers, miner, offer);
    await jobs(200, 'get', `${offers}?gpu=A`, client);
    await jobs(200, 'get', `${offers}/${body.id}`, client);
    await jobs(200, 'post', `${offers}/${body.id}/book`, client);
    await jobs(409, 'delete', `${offers}/${body.id}`, miner);
    await jobs(200, 'post', `${offers}/${body.id}/release`, client);
    await jobs(204, 'delete', `${offers}/${body.id}`, miner);
  });

  it('about the whole platform are as documented', async () => {
    for (const path of ['/dashboard/ecosystem', '/explorer/receipts']) await jobs(200, 'get', path, client);
    for (const path of ['/stats', '/jobs', '/miners']) await jobs(200, 'get', `/admin${path}`, ADMIN_KEY);
  });

  it('about streams of text are as documented', async () => {
    const capabilities = { services: ['llm_inference'], models: ['tiny'], gpus: [] };
    const { body } = await jobs(200, 'post', '/miners/register', miner, {
      ...OFFER,
      capabilities,
      miner_id: 'miner-3',
    });
    const token = String(body.session_token);
    const streamed = agents(200, 'post', '/services/llm/stream', { model: 'tiny', prompt: 'Once' });
    const { body: held } = await jobs(200, 'post', '/miners/poll', miner, { max_wait_seconds: 20 }, token);
    const chunks = { attempt: held.attempt, first: 1, texts: ['upon'] };
    await jobs(200, 'post', `/miners/${held.job_id}/chunks`, miner, chunks, token);
    await jobs(409, 'post', `/miners/${held.job_id}/chunks`, miner, { ...chunks, first: 3 }, token);
    await jobs(200, 'post', `/jobs/${held.job_id}/cancel`, client);
    expect((await streamed).text).toContain('data: {"text":"upon"}');
    await agents(200, 'get', `/services/jobs/${held.job_id}/stream`);
    await agents(422, 'post', '/services/llm/stream', { model: 'tiny', prompt: 'Once', stream: false });
    await agents(404, 'get', '/services/jobs/job_none/stream');
  });

  // After those of miners, who would be given these jobs.
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
    const key = '/delegated-jobs/by-key/exec_1:a:1';
    const { body } = await jobs(200, 'put', key, service, { ...languageJob(), client_id: 'a-client' });
    await jobs(200, 'get', `/delegated-jobs/${body.job_id}`, service);
    await jobs(200, 'get', `/delegated-jobs/${body.job_id}/text?wait=0`, service);
    await jobs(200, 'post', `${key}/cancel`, service);
    await jobs(404, 'get', '/delegated-jobs/job_none', service);
    await jobs(200, 'get', '/services/text_analysis/duration', client);
    await agents(201, 'post', '/agents/register', { public_key: MINER_KEY.jwk, agent_id: 'seen', capabilities: [] });
    for (const path of ['agents/seen', 'counts', 'receipts?count=true']) {
      await jobs(200, 'get', `/agent/directory/${path}`, service);
    }
  });

  // The last one, since it asks what the others have called.
  it('are all of them compared here', () => {
    expect(api.uncalled()).toEqual([]);
  });

  async function submit(): Promise<string> {
    return String((await jobs(201, 'post', '/jobs', client, languageJob())).body.job_id);
  }
});

function languageJob(): object {
  return { payload: { service_type: 'text_analysis', service_request: { text: 'a day', tasks: ['language'] } } };
}

/** A result as the miner signs it. */
function signedResult(jobId: string, attempt: number): object {
  const result = { language: 'en' };
  const claim = { job_id: jobId, attempt, miner_id: 'miner-1', result_hash: sha256Hex(canonicalJson(result)) };
  return { result, signature: signJws(canonicalJson(claim), MINER_KEY, 'aitbc-miner-result+jws') };
}
