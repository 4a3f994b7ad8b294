import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, minerKey, openCoordinatorApp, registration } from '../testing/coordinator-app';

describeAboveStores('the API of miners', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));
  beforeEach(() =>
    app.db.writeSet(async (sql) => {
      await sql.query('DELETE FROM jobs');
      await sql.query('DELETE FROM miners');
    }),
  );

  const heartbeat = (session: string, body: object) => app.call('operator', 'post', '/miners/heartbeat', body, session);
  const pointersOf = (body: { errors: { pointer: string }[] }) => body.errors.map(({ pointer }) => pointer);

  it('registers a miner under its own id, or under the subject', async () => {
    const named = await app.call('operator', 'post', '/miners/register', registration({ miner_id: 'm-1' })).expect(200);
    expect(named.body).toMatchObject({ status: 'ok', miner_id: 'm-1', session_token: expect.any(String) });
    expect(Buffer.from(named.body.session_token, 'base64url')).toHaveLength(32);
    const unnamed = await app.call('operator', 'post', '/miners/register', registration()).expect(200);
    expect(unnamed.body.miner_id).toBe('operator');
  });

  it('takes a registration without kinds or GPUs as older miners send it', async () => {
    const { x } = minerKey.jwk;
    await app
      .call('operator', 'post', '/miners/register', { capabilities: { models: ['m'] }, public_key: x })
      .expect(200);
    const id = await app.submit();
    expect((await app.call('operator', 'post', '/miners/poll', {}).expect(200)).body.job_id).toBe(id);
  });

  it('replaces session and capabilities when the owner registers again', async () => {
    const old = await app.register('operator', 'm-1');
    const renewed = await app.register('operator', 'm-1', { region: 'eu', concurrency: 2 });
    await heartbeat(old, { inflight: [], status: 'available' }).expect(401);
    await heartbeat(renewed, { inflight: [], status: 'available' }).expect(200);
    const { body } = await app.call('operator', 'get', '/miners/m-1').expect(200);
    expect(body).toMatchObject({ region: 'eu', concurrency: 2 });
  });

  it('keeps an id for its owner, also after the miner was removed', async () => {
    await app.register('operator', 'm-1');
    await app.call('rival', 'post', '/miners/register', registration({ miner_id: 'm-1' })).expect(409);
    await app.call('operator', 'delete', '/miners/m-1').expect(204);
    await app.call('rival', 'post', '/miners/register', registration({ miner_id: 'm-1' })).expect(409);
    await app.register('operator', 'm-1');
    await app.call('operator', 'get', '/miners/m-1').expect(200);
  });

  const capabilities = { models: [], gpus: [{ name: '', memory_mb: 0 }], cuda: 'x', price: 0.000000001 };
  const bad: [string, object, string[]][] = [
    ['no capabilities', { capabilities: undefined }, ['/capabilities']],
    [
      'bad capabilities',
      { capabilities },
      ['/capabilities/gpus/0/name', '/capabilities/gpus/0/memory_mb', '/capabilities/cuda', '/capabilities/price'],
    ],
    ['no concurrency', { concurrency: 0 }, ['/concurrency']],
    ['a key that is none', { public_key: 'abc' }, ['/public_key']],
    ['a private key', { public_key: minerKey.privateJwk }, ['/public_key']],
  ];
  it.each(bad)('refuses a registration with %s', async (_what, change, pointers) => {
    const { body } = await app.call('operator', 'post', '/miners/register', registration(change)).expect(422);
    expect(pointersOf(body).sort()).toEqual([...pointers].sort());
  });

  it('knows which miner speaks without a session only while there is one', async () => {
    await app.call('operator', 'post', '/miners/poll', { max_wait_seconds: 0 }).expect(404);
    await app.register('operator', 'm-1');
    await app.call('operator', 'post', '/miners/poll', { max_wait_seconds: 0 }).expect(204);
    const second = await app.register('operator', 'm-2');
    await app.call('operator', 'post', '/miners/poll', { max_wait_seconds: 0 }).expect(409);
    await app.poll('operator', second).expect(204);
  });

  it('takes a session only from the principal that owns it', async () => {
    const session = await app.register('operator', 'm-1');
    await app.poll('rival', session).expect(401);
    await app.poll('client', session).expect(403);
  });

  it('shows miners to their operator and to admins, without secrets', async () => {
    const session = await app.register('operator', 'm-1');
    await app.register('rival', 'r-1');
    const own = await app.call('operator', 'get', '/miners').expect(200);
    expect(own.body.items).toHaveLength(1);
    expect(own.body.items[0]).toMatchObject({ miner_id: 'm-1', online: true, capabilities: { price: 0.25 } });
    expect(own.text).not.toContain(session);
    expect((await app.call('root', 'get', '/miners').expect(200)).body.items).toHaveLength(2);
    await app.call('operator', 'get', '/miners/r-1').expect(404);
    await app.call('operator', 'delete', '/miners/r-1').expect(404);
    await app.call('client', 'get', '/miners').expect(403);
  });

  it('counts a miner as offline when its heartbeats stop, and as online again with the next one', async () => {
    const session = await app.register('operator', 'm-1');
    const kinds = async (): Promise<number> => {
      const { body } = await app.call('client', 'get', '/services').expect(200);
      return body.items.find(({ type }: { type: string }) => type === 'text_analysis').miners_online as number;
    };
    const online = async () => (await app.call('operator', 'get', '/miners/m-1')).body.online as boolean;
    expect([await online(), await kinds()]).toEqual([true, 1]);
    await app.db.writeSet((sql) => sql.query('UPDATE miners SET last_heartbeat_at = 1'));
    expect([await online(), await kinds()]).toEqual([false, 0]);
    await heartbeat(session, { inflight: 0, status: 'busy', metadata: { load: 1 } }).expect(200);
    expect([await online(), await kinds()]).toEqual([true, 1]);
    expect((await app.call('operator', 'get', '/miners/m-1')).body).toMatchObject({
      status: 'busy',
      metadata: { load: 1 },
    });
  });

  it('replaces capabilities, which the next match uses', async () => {
    const session = await app.register('operator', 'm-1');
    await app.submit({ constraints: { models: ['new-model'] } });
    await app.poll('operator', session).expect(204);
    const change = {
      services: ['text_analysis'],
      models: ['new-model'],
      gpus: [{ name: 'T4', memory_mb: 1 }],
      price: 1,
    };
    const { body } = await app.call('operator', 'put', '/miners/m-1/capabilities', change).expect(200);
    expect(body.capabilities).toEqual({ ...change, cuda: null });
    await app.poll('operator', session).expect(200);
  });

  it('is changed only in the version that its operator has seen, which heartbeats leave as it is', async () => {
    const session = await app.register('operator', 'm-1');
    const seen = (await app.call('operator', 'get', '/miners/m-1').expect(200)).headers['etag'] ?? '';
    await heartbeat(session, { inflight: [], status: 'busy' }).expect(200);
    const put = (etag: string) =>
      app.call('operator', 'put', '/miners/m-1/capabilities', { price: 1 }).set('If-Match', etag);
    const changed = await put(seen).expect(200);
    expect(changed.headers['etag']).not.toBe(seen);
    const refused = await put(seen).expect(412);
    expect(refused.body.code).toBe('precondition_failed');
    await app.call('rival', 'put', '/miners/m-1/capabilities', {}).set('If-Match', seen).expect(404);
    await app.call('operator', 'delete', '/miners/m-1').set('If-Match', seen).expect(412);
    await app.call('operator', 'delete', '/miners/m-1').set('If-Match', String(changed.headers['etag'])).expect(204);
  });

  it('loses no change of several that were made of one version', async () => {
    await app.register('operator', 'm-1');
    const etag = (await app.call('operator', 'get', '/miners/m-1')).headers['etag'] ?? '';
    const puts = Array.from({ length: 6 }, (_none, price) =>
      app.call('operator', 'put', '/miners/m-1/capabilities', { price }).set('If-Match', etag),
    );
    const statuses = (await Promise.all(puts)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it('knows no miner whose id no miner can have', async () => {
    for (const path of ['', '/jobs', '/earnings']) await app.call('root', 'get', `/miners/a%00b${path}`).expect(404);
    await app.call('root', 'put', '/miners/a%00b/capabilities', {}).expect(404);
    await app.call('root', 'delete', '/miners/a%00b').expect(404);
  });

  it('does not tell the secret of a registration twice', async () => {
    const send = () => app.call('operator', 'post', '/miners/register', registration()).set('Idempotency-Key', 'r-1');
    await send().expect(200);
    const { text } = await send().expect(409);
    expect(text).not.toContain('session_token');
  });

  it('queues the jobs of a removed miner again, and ends its session', async () => {
    const session = await app.register('operator', 'm-1');
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await app.call('operator', 'delete', '/miners/m-1').expect(204);
    expect((await app.call('client', 'get', `/jobs/${id}`)).body).toMatchObject({ state: 'QUEUED', attempts: 1 });
    await app.poll('operator', session).expect(401);
    await app.call('operator', 'get', '/miners/m-1').expect(404);
  });

  it('refuses a heartbeat that is neither a list of ids nor a number', async () => {
    const session = await app.register('operator', 'm-1');
    for (const inflight of ['job', [1], -1, null]) {
      const { body } = await heartbeat(session, { inflight, status: 'available' }).expect(422);
      expect(pointersOf(body)).toEqual(['/inflight']);
    }
  });
});
