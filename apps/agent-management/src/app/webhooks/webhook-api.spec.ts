import { newId } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, PREFIX } from '../testing/agent-context-fixture';

const UNKNOWN = 'wh_unknown';
const INSTANT = /\.\d{3}Z$/;

describeAboveStores('webhooks', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine, { worker: false });
  });
  afterAll(() => fixture.context.stop());

  const url = 'https://hooks.test/in?token=1';
  const create = (changes: object = {}, subject?: string) => fixture.post('/webhooks', { url, ...changes }, subject);
  const created = async (changes: object = {}, subject?: string): Promise<string> =>
    String((await create(changes, subject).expect(201)).body.id);
  const patch = (id: string, changes: object, subject?: string) =>
    fixture.request('patch', `/webhooks/${id}`, subject).send(changes);

  it('are answered whole, with the secret this once', async () => {
    const workflow = await fixture.workflow({ one: dataStep('1') });
    const wish = { event_types: ['execution.*', 'step.failed'], workflow_id: workflow, description: 'Mine\nand yours' };
    const response = await create(wish).expect(201);
    const { secret, ...webhook } = response.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toEqual({
      id: expect.stringMatching(/^wh_/),
      owner_id: 'alice',
      url,
      ...wish,
      active: true,
      disabled_reason: null,
      disabled_at: null,
      failing_since: null,
      previous_secret_until: null,
      created_at: expect.stringMatching(INSTANT),
      updated_at: expect.stringMatching(INSTANT),
    });
    expect(response.headers).toMatchObject({
      location: `${PREFIX}/webhooks/${webhook.id}`,
      'cache-control': 'no-store',
    });
    const read = await fixture.get(`/webhooks/${webhook.id}`).expect(200);
    expect(read.body).toEqual(webhook);
    expect(read.headers['etag']).toBe(response.headers['etag']);
    expect((await fixture.get('/webhooks').expect(200)).text).not.toContain('whsec_');
  });

  it('get all events of the owner and are active unless they say otherwise', async () => {
    const plain = { event_types: ['*'], workflow_id: null, description: null, active: true };
    expect((await create().expect(201)).body).toMatchObject(plain);
    const off = await create({ active: false }).expect(201);
    expect(off.body).toMatchObject({
      active: false,
      disabled_at: expect.stringMatching(INSTANT),
      disabled_reason: null,
    });
  });

  it.each([
    ['no URL', { url: undefined }, '/url'],
    ['a URL of another scheme', { url: 'ftp://hooks.test/' }, '/url'],
    ['a URL that is none', { url: 'hooks.test' }, '/url'],
    ['a URL with a password', { url: 'https://me:you@hooks.test/' }, '/url'],
    ['metadata of a cloud', { url: 'http://169.254.169.254/latest/meta-data/' }, '/url'],
    ['a private address', { url: 'https://10.0.0.1/' }, '/url'],
    ['loopback that is not listed', { url: 'http://127.0.0.2/' }, '/url'],
    ['loopback in other words', { url: 'http://[::1]:8080/' }, '/url'],
    ['a URL of 2049 characters', { url: `https://hooks.test/${'x'.repeat(2030)}` }, '/url'],
    ['no event types', { event_types: [] }, '/event_types'],
    ['a type of another group', { event_types: ['job.done'] }, '/event_types'],
    ['a pattern in the middle', { event_types: ['*.completed'] }, '/event_types'],
    ['a type twice', { event_types: ['*', '*'] }, '/event_types'],
    [
      '33 types',
      { event_types: Array.from({ length: 33 }, (_, n) => `step.${'a'.repeat(n + 1).slice(0, 30)}x`) },
      '/event_types',
    ],
    ['an unknown workflow', { workflow_id: 'wf_none' }, '/workflow_id'],
    ['a description with a NUL', { description: '\0' }, '/description'],
    ['a text for a flag', { active: 'yes' }, '/active'],
    ['a secret', { secret: 'whsec_mine' }, '/secret'],
  ])('are refused with %s', async (_what, changes, pointer) => {
    const { body: problem } = await create(changes).expect(422);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('are changed in what the request names', async () => {
    const id = await created({ description: 'Old', event_types: ['step.*'] });
    const changed = await patch(id, { url: 'https://new.test/', description: null }).expect(200);
    expect(changed.body).toMatchObject({ url: 'https://new.test/', description: null, event_types: ['step.*'] });
    await patch(id, { url: 'http://192.168.0.1/' }).expect(422);
    await patch(id, { workflow_id: 'wf_none' }).expect(422);
    const off = await patch(id, { active: false }).expect(200);
    expect(off.body).toMatchObject({ active: false, disabled_at: expect.stringMatching(INSTANT) });
    expect((await patch(id, { active: true }).expect(200)).body).toMatchObject({ active: true, disabled_at: null });
  });

  it('are changed and removed only as they were seen', async () => {
    const { body, headers } = await create().expect(201);
    const seen = headers['etag'] ?? '';
    const changed = await patch(body.id, { description: 'One' }).set('If-Match', seen).expect(200);
    expect(changed.headers['etag']).not.toBe(seen);
    await patch(body.id, { description: 'Two' }).set('If-Match', seen).expect(412);
    await fixture.delete(`/webhooks/${body.id}`).set('If-Match', seen).expect(412);
    await fixture.delete(`/webhooks/${body.id}`).expect(204);
    await fixture.get(`/webhooks/${body.id}`).expect(404);
    await fixture.delete(`/webhooks/${body.id}`).expect(404);
  });

  it('show a secret to nobody twice, not even for the same Idempotency-Key', async () => {
    const key = newId('req');
    const first = await create().set('Idempotency-Key', key).expect(201);
    expect((await create().set('Idempotency-Key', key).expect(409)).text).not.toContain('whsec_');
    const rotate = () => fixture.post(`/webhooks/${first.body.id}/rotate-secret`).set('Idempotency-Key', newId('req'));
    const rotated = await rotate().expect(200);
    expect(rotated.headers['cache-control']).toBe('no-store');
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(first.body.secret);
    const until = Date.parse(rotated.body.previous_secret_until);
    expect(until - Date.parse(rotated.body.updated_at)).toBe(86_400_000);
    const atOnce = await fixture.post(`/webhooks/${first.body.id}/rotate-secret`, { overlap_seconds: 0 }).expect(200);
    expect(atOnce.body.previous_secret_until).toBeNull();
    await fixture.post(`/webhooks/${first.body.id}/rotate-secret`, { overlap_seconds: 604_801 }).expect(422);
  });

  it('are their owner’s and the admins’ only', async () => {
    const id = await created();
    const delivery = (await fixture.post(`/webhooks/${id}/test`).expect(202)).body.id as string;
    const calls: [method: 'get' | 'post' | 'patch' | 'delete', path: string][] = [
      ['get', ''],
      ['patch', ''],
      ['post', '/rotate-secret'],
      ['post', '/test'],
      ['post', '/replay'],
      ['get', '/deliveries'],
      ['get', `/deliveries/${delivery}`],
      ['post', `/deliveries/${delivery}/replay`],
      ['delete', ''],
    ];
    for (const [method, path] of calls) {
      await fixture.request(method, `/webhooks/${id}${path}`, 'bob').expect(404);
      await fixture.request(method, `/webhooks/${UNKNOWN}${path}`).expect(404);
      await fixture.request(method, `/webhooks/%00${path}`).expect(404);
    }
    await fixture.get(`/webhooks/${id}/deliveries/whd_none`).expect(404);
    await fixture.post(`/webhooks/${id}/deliveries/whd_none/replay`).expect(404);
    await fixture.get(`/webhooks/${id}`, 'root').expect(200);
    const ofBob = await created({}, 'bob');
    const listed = await fixture.get('/webhooks?limit=200').expect(200);
    expect(listed.body.items.map((item: { id: string }) => item.id)).not.toContain(ofBob);
    const all = await fixture.get('/webhooks?limit=200', 'root').expect(200);
    expect(all.body.items.map((item: { id: string }) => item.id)).toEqual(expect.arrayContaining([id, ofBob]));
  });

  it('are 50 for each owner at most', async () => {
    for (;;) {
      const { status, body } = await create({}, 'root');
      if (status === 201) continue;
      expect([status, body.detail]).toEqual([409, 'there are 50 webhooks already; remove one first']);
      break;
    }
    const { body } = await fixture.get('/webhooks?count=true&limit=200', 'root').expect(200);
    const own = body.items.filter((item: { owner_id: string }) => item.owner_id === 'root');
    expect(own).toHaveLength(50);
    await fixture.delete(`/webhooks/${own[0].id}`, 'root').expect(204);
    await create({}, 'root').expect(201);
  });

  it('are tested once for each Idempotency-Key, and not while they are off', async () => {
    const id = await created();
    const test = () => fixture.post(`/webhooks/${id}/test`).set('Idempotency-Key', 'once');
    const first = await test().expect(202);
    expect(first.headers['location']).toBe(`${PREFIX}/webhooks/${id}/deliveries/${first.body.id}`);
    expect(first.body).toMatchObject({
      status: 'pending',
      attempts: 0,
      execution_id: null,
      event_type: 'webhook.test',
    });
    expect((await test().expect(202)).body).toEqual(first.body);
    const { body } = await fixture.get(`/webhooks/${id}/deliveries/${first.body.id}`).expect(200);
    expect(body.event).toMatchObject({ specversion: '1.0', type: 'com.aitbc.webhook.test', data: { webhook_id: id } });
    const page = await fixture.get(`/webhooks/${id}/deliveries?status=pending&count=true`).expect(200);
    expect([page.body.items, page.headers['x-total-count']]).toEqual([[first.body], '1']);
    await fixture.get(`/webhooks/${id}/deliveries?status=lost`).expect(422);
    await patch(id, { active: false }).expect(200);
    await fixture.post(`/webhooks/${id}/test`).expect(409);
  });
});
