import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import { ADMIN_KEY, type CallMethod, DocumentedCaller, VERSION } from '@aitbc/shared-core/testing';
import { coordinatorDocument } from '../openapi';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

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
    opened.service.start();
    api = new DocumentedCaller(opened.service.app, coordinatorDocument(VERSION));
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

  /** Below the base path of the coordinator. */
  function jobs(status: number, method: CallMethod, path: string, key: string, body?: unknown, session?: string) {
    const headers: Record<string, string> = session === undefined ? {} : { 'x-miner-session': session };
    return api.call(status, method, `/api/v1${path}`, { key, body, headers });
  }

  it('of the operational routes are as documented', async () => {
    await api.call(503, 'get', '/ready');
    opened.service.state.markReady();
    for (const path of ['/ready', '/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs']) {
      await api.call(200, 'get', path);
    }
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

  it('about the text of a running job are as documented', async () => {
    const capabilities = { services: ['llm_inference'], models: ['tiny'], gpus: [] };
    const offer = { ...OFFER, capabilities, miner_id: 'miner-3' };
    const { body } = await jobs(200, 'post', '/miners/register', miner, offer);
    const token = String(body.session_token);
    const payload = { service_type: 'llm_inference', service_request: { model: 'tiny', prompt: 'Once', stream: true } };
    await jobs(201, 'post', '/jobs', client, { payload });
    const { body: held } = await jobs(200, 'post', '/miners/poll', miner, { max_wait_seconds: 20 }, token);
    const chunks = { attempt: held.attempt, first: 1, texts: ['upon'] };
    await jobs(200, 'post', `/miners/${held.job_id}/chunks`, miner, chunks, token);
    await jobs(409, 'post', `/miners/${held.job_id}/chunks`, miner, { ...chunks, first: 3 }, token);
    await jobs(200, 'post', `/jobs/${held.job_id}/cancel`, client);
  });

  it('to requests that are refused are as documented', async () => {
    const badLimit = '/jobs?limit=%zz';
    await api.call(401, 'get', '/api/v1/jobs');
    await jobs(403, 'get', '/admin/stats', client);
    await jobs(400, 'get', badLimit, client);
    await jobs(404, 'get', '/jobs/job_none', client);
    await jobs(422, 'post', '/jobs', client, { payload: 1 });
  });

  it('about the whole platform are as documented', async () => {
    for (const path of ['/dashboard/ecosystem', '/explorer/receipts']) await jobs(200, 'get', path, client);
    for (const path of ['/stats', '/jobs', '/miners']) await jobs(200, 'get', `/admin${path}`, ADMIN_KEY);
  });

  it('to the other services of the platform are as documented', async () => {
    const key = '/delegated-jobs/by-key/exec_1:a:1';
    const { body } = await jobs(200, 'put', key, service, { ...languageJob(), client_id: 'a-client' });
    await jobs(200, 'get', `/delegated-jobs/${body.job_id}`, service);
    await jobs(200, 'get', `/delegated-jobs/${body.job_id}/text?wait=0`, service);
    await jobs(200, 'post', `${key}/cancel`, service);
    await jobs(404, 'get', '/delegated-jobs/job_none', service);
    await jobs(200, 'get', '/services/text_analysis/duration', client);
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
