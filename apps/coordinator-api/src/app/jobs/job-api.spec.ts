import { ApiKeyService, AppError, authenticate, IdempotencyRecords, type Role } from '@aitbc/shared-core';
import { createTestApp, describeAboveStores, type TestApp } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { createJobRouter } from './job.router';
import { type JobBench, openJobBench } from './testing/job-bench';

const PAYLOAD = { service_type: 'text_analysis', service_request: { text: 'a fine day', tasks: ['language'] } };
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describeAboveStores('the API of jobs', (context) => {
  let bench: JobBench;
  let api: TestApp;
  const keys = new Map<string, string>();

  beforeAll(async () => {
    bench = await openJobBench(context);
    const service = new ApiKeyService(bench.db);
    api = createTestApp((app) =>
      app.use('/api/v1', authenticate(service), createJobRouter(bench.jobs, new IdempotencyRecords(bench.db))),
    );
    const principals: [string, Role][] = [
      ['client', 'client'],
      ['other', 'client'],
      ['worker', 'service'],
      ['operator', 'miner'],
      ['root', 'admin'],
    ];
    for (const [subject, role] of principals) keys.set(subject, (await service.issue({ subject, role })).secret);
  });

  const get = (subject: string, path: string) =>
    request(api.app)
      .get(`/api/v1${path}`)
      .set('x-api-key', keys.get(subject) ?? '');
  const post = (subject: string, path: string, body: object = {}) =>
    request(api.app)
      .post(`/api/v1${path}`)
      .set('x-api-key', keys.get(subject) ?? '')
      .send(body);
  const pointersOf = (response: request.Response): string[] =>
    (response.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
  const submit = async (subject = 'client', body: object = { payload: PAYLOAD }): Promise<string> =>
    String((await post(subject, '/jobs', body).expect(201)).body.job_id);

  it('knows no job whose id no job can have', async () => {
    for (const path of ['', '/result', '/receipt', '/receipts']) await get('client', `/jobs/a%00b${path}`).expect(404);
    await post('client', '/jobs/a%00b/cancel').expect(404);
    expect(pointersOf(await get('client', '/jobs?job_type=%00').expect(422))).toEqual(['?job_type']);
    const cursor = Buffer.from('{"id":"\\u0000"}').toString('base64url');
    expect(pointersOf(await get('client', `/jobs?cursor=${cursor}`).expect(422))).toEqual(['?cursor']);
  });

  it('queues one job for one Idempotency-Key, however often it is sent', async () => {
    const send = (body: object) => post('client', '/jobs', body).set('Idempotency-Key', 'submit-1');
    const first = await send({ payload: PAYLOAD }).expect(201);
    expect(first.headers['location']).toBe(`/api/v1/jobs/${first.body.job_id}`);
    const second = await send({ payload: PAYLOAD }).expect(201);
    expect([second.body, second.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    await send({ payload: PAYLOAD, ttl_seconds: 5 }).expect(422);
    const other = await post('other', '/jobs', { payload: PAYLOAD }).set('Idempotency-Key', 'submit-1').expect(201);
    expect(other.body.job_id).not.toBe(first.body.job_id);
  });

  it('queues a job and answers it whole', async () => {
    const constraints = { gpu: 'T4', min_vram_gb: 8, models: ['tiny-llm'], max_price: 0.5 };
    const body = { payload: PAYLOAD, constraints, ttl_seconds: 60, payment_amount: 0.5, payment_currency: 'AITBC' };
    const { body: job } = await post('client', '/jobs', body).expect(201);
    expect(job).toMatchObject({
      job_id: expect.stringMatching(/^job_/),
      state: 'QUEUED',
      client_id: 'client',
      owner_id: 'client',
      payload: PAYLOAD,
      constraints,
      assigned_miner_id: null,
      error: null,
      payment_id: null,
      payment_status: null,
      payment_amount: 0.5,
      requested_at: expect.stringMatching(ISO),
    });
    expect(Date.parse(job.expires_at) - Date.parse(job.requested_at)).toBe(60_000);
    expect((await get('client', `/jobs/${job.job_id}`).expect(200)).body).toEqual(job);
  });

  it('takes null for a constraint that is not set, and 900 s as the default time to live', async () => {
    const constraints = { gpu: null, cuda: null, min_vram_gb: null, models: null, region: null, max_price: null };
    const { body: job } = await post('client', '/jobs', { payload: PAYLOAD, constraints }).expect(201);
    expect(job).toMatchObject({ constraints: {}, ttl_seconds: 900 });
  });

  const bad: [string, object, string[]][] = [
    ['no payload', {}, ['/payload']],
    ['an unknown kind', { payload: { ...PAYLOAD, service_type: 'mining' } }, ['/payload/service_type']],
    [
      'a request that breaks its schema',
      { payload: { ...PAYLOAD, service_request: { text: '', tasks: ['x'], y: 1 } } },
      ['/payload/service_request/y', '/payload/service_request/text', '/payload/service_request/tasks/0'],
    ],
    ['a client id in the body', { payload: PAYLOAD, client_id: 'other' }, ['/client_id']],
    [
      'unknown fields at depth',
      { payload: { ...PAYLOAD, x: 1 }, constraints: { y: 1 } },
      ['/payload/x', '/constraints/y'],
    ],
    [
      'bad constraints',
      { payload: PAYLOAD, constraints: { cuda: 'new', max_price: -1, models: 'm', gpu: 'a\u0000' } },
      ['/constraints/cuda', '/constraints/max_price', '/constraints/models', '/constraints/gpu'],
    ],
    ['a time to live out of bounds', { payload: PAYLOAD, ttl_seconds: 0 }, ['/ttl_seconds']],
  ];
  it.each(bad)('refuses %s and points at each bad field', async (_what, body, pointers) => {
    const response = await post('client', '/jobs', body).expect(422);
    expect(pointersOf(response).sort()).toEqual([...pointers].sort());
  });

  it('takes an agent only when it is active and the client’s own', async () => {
    bench.agents.add('mine', 'client', 'active');
    bench.agents.add('asleep', 'client', 'suspended');
    bench.agents.add('theirs', 'other', 'active');
    const withAgent = (agentId: string) => ({ payload: { ...PAYLOAD, agent_id: agentId } });
    await post('client', '/jobs', withAgent('mine')).expect(201);
    for (const agentId of ['asleep', 'theirs', 'unknown']) {
      const response = await post('client', '/jobs', withAgent(agentId)).expect(422);
      expect(pointersOf(response)).toEqual(['/payload/agent_id']);
    }
  });

  it('answers 503 with Retry-After when nobody can tell about the agent, and takes jobs without one', async () => {
    bench.agents.unavailable = new AppError('dependency_unavailable', 'no agent directory', { retryAfterSeconds: 7 });
    const response = await post('client', '/jobs', { payload: { ...PAYLOAD, agent_id: 'mine' } }).expect(503);
    expect(response.headers['retry-after']).toBe('7');
    await submit();
    bench.agents.unavailable = undefined;
  });

  it('shows a job to its client, its submitting service and admins only', async () => {
    const id = await submit('client');
    await get('root', `/jobs/${id}`).expect(200);
    for (const path of ['', '/result', '/receipt', '/receipts']) {
      await get('other', `/jobs/${id}${path}`).expect(404);
      await get('worker', `/jobs/${id}${path}`).expect(404);
    }
    await post('other', `/jobs/${id}/cancel`).expect(404);
    await get('client', '/jobs/job_unknown').expect(404);
  });

  it('lets only the right roles in', async () => {
    await post('operator', '/jobs', { payload: PAYLOAD }).expect(403);
    await get('operator', '/jobs').expect(403);
    await get('client', '/jobs/changes').expect(403);
    await request(api.app).get('/api/v1/jobs').expect(401);
  });

  it('lists own jobs newest first, page by page, with the total on request', async () => {
    await bench.sql('DELETE FROM jobs');
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await submit());
    await submit('other');
    const first = await get('client', '/jobs?limit=3&count=true').expect(200);
    expect(first.headers['x-total-count']).toBe('5');
    const second = await get('client', `/jobs?limit=3&cursor=${first.body.next_cursor}`).expect(200);
    const listed = [...first.body.items, ...second.body.items].map(({ job_id: id }: { job_id: string }) => id);
    expect(listed).toEqual(ids);
    expect(second.body.next_cursor).toBeNull();
  });

  it('filters by state, kind and time, and keeps unfinished jobs out of the history', async () => {
    await bench.sql('DELETE FROM jobs');
    const canceled = await submit();
    await post('client', `/jobs/${canceled}/cancel`).expect(200);
    const queued = await submit('client', {
      payload: { service_type: 'llm_inference', service_request: { model: 'm', prompt: 'p' } },
    });
    const idsOf = async (query: string): Promise<string[]> =>
      (await get('client', query).expect(200)).body.items.map(({ job_id: id }: { job_id: string }) => id);
    expect(await idsOf('/jobs?status=CANCELED')).toEqual([canceled]);
    expect(await idsOf('/jobs?job_type=llm_inference')).toEqual([queued]);
    expect(await idsOf('/jobs/history')).toEqual([canceled]);
    expect(await idsOf('/jobs?from_time=2020-01-01T00:00:00Z')).toEqual([queued, canceled]);
    expect(await idsOf('/jobs?to_time=2020-01-01T00:00:00Z')).toEqual([]);
    const response = await get('client', '/jobs?status=DONE&from_time=yesterday').expect(422);
    expect(pointersOf(response).sort()).toEqual(['?from_time', '?status']);
  });

  it('cancels a queued or running job once', async () => {
    const miner = await bench.addMiner();
    await bench.sql('DELETE FROM jobs');
    const running = await submit();
    await bench.claim(miner);
    expect((await post('client', `/jobs/${running}/cancel`).expect(200)).body).toMatchObject({ state: 'CANCELED' });
    await post('client', `/jobs/${running}/cancel`).expect(409);
  });

  it('answers 425 for the result of a job that has not ended, and the end as soon as it comes', async () => {
    const id = await submit();
    await get('client', `/jobs/${id}/result`).expect(425);
    await get('client', `/jobs/${id}/receipt`).expect(425);
    const waiting = get('client', `/jobs/${id}/result?wait=30`).then((response) => response);
    await post('client', `/jobs/${id}/cancel`).expect(200);
    const ended = await waiting;
    expect(ended.status).toBe(200);
    expect(ended.body).toMatchObject({ job_id: id, state: 'CANCELED', result: null, receipt: null, cost: null });
    await get('client', `/jobs/${id}/receipt`).expect(404);
    expect((await get('client', `/jobs/${id}/receipts`).expect(200)).body).toEqual({ items: [], next_cursor: null });
    await get('client', `/jobs/${id}/result?wait=61`).expect(422);
  });

  it('tells a service which of its jobs ended, from the cursor on', async () => {
    const { body: start } = await get('worker', '/jobs/changes').expect(200);
    expect(start.items).toEqual([]);
    const id = await submit('worker');
    const waiting = get('worker', `/jobs/changes?after=${start.next_cursor}&wait=30`).then((response) => response);
    await post('worker', `/jobs/${id}/cancel`).expect(200);
    const changes = await waiting;
    expect(changes.body.items).toEqual([{ job_id: id, state: 'CANCELED' }]);
    const after = `/jobs/changes?after=${changes.body.next_cursor}&wait=0`;
    expect((await get('worker', after).expect(200)).body).toEqual({ items: [], next_cursor: changes.body.next_cursor });
    await get('worker', '/jobs/changes?after=soon').expect(422);
  });

  it('ends long polls when the process drains', async () => {
    const { body: start } = await get('worker', '/jobs/changes').expect(200);
    const waiting = get('worker', `/jobs/changes?after=${start.next_cursor}&wait=60`).then((response) => response);
    setImmediate(() => api.state.startDraining());
    expect((await waiting).body).toEqual({ items: [], next_cursor: start.next_cursor });
  });
});
