import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const PATH = '/marketplace/gpu/offers';
const GPUS = [
  { name: 'RTX 4090', memory_mb: 24_576 },
  { name: 'RTX 4090', memory_mb: 24_564 },
  { name: 'T4', memory_mb: 16_384 },
];

describeAboveStores('the API of GPU offers', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));
  beforeEach(async () => {
    await app.db.writeSet(async (sql) => {
      await sql.query('DELETE FROM gpu_offers');
      await sql.query('DELETE FROM miners');
    });
    const capabilities = { services: ['text_analysis'], models: [], gpus: GPUS, price: 0.25 };
    await app.register('operator', 'm-1', { capabilities, region: 'eu' });
  });

  const create = (change: object = {}) =>
    app.call('operator', 'post', PATH, { gpu: 'T4', price_per_hour: 0.12345678, ...change });
  const offer = async (change: object = {}): Promise<string> => String((await create(change).expect(201)).body.id);
  const act = (subject: string, id: string, action: 'book' | 'release') =>
    app.call(subject, 'post', `${PATH}/${id}/${action}`);
  const get = (id: string, subject = 'client') => app.call(subject, 'get', `${PATH}/${id}`);
  const list = async (query: string, subject = 'client'): Promise<string[]> => {
    const { body } = await app.call(subject, 'get', `${PATH}${query}`).expect(200);
    return body.items.map(({ id }: { id: string }) => id);
  };
  const expire = (id: string) =>
    app.db.writeSet((sql) => sql.query('UPDATE gpu_offers SET available_until = 1 WHERE id = $1', [id]));

  it('offers a GPU as the miner registered it, at an exact price', async () => {
    const { body, headers } = await create().expect(201);
    expect(body).toMatchObject({
      ...{ owner_id: 'operator', miner_id: 'm-1', gpu: { name: 'T4', memory_mb: 16_384 }, price_per_hour: 0.12345678 },
      ...{ region: 'eu', status: 'available', booked_by: null, booked_at: null, available_until: null },
    });
    expect(headers).toMatchObject({ location: `/api/v1${PATH}/${body.id}`, etag: '"1"' });
    const shown = await get(body.id).expect(200);
    expect([shown.body, shown.headers['etag']]).toEqual([body, '"1"']);
  });

  it('offers each GPU once, and promises no more memory than every one of its name has', async () => {
    const { body } = await create({ gpu: 'RTX 4090' }).expect(201);
    expect(body.gpu.memory_mb).toBe(24_564);
    await create({ gpu: 'RTX 4090' }).expect(201);
    await create({ gpu: 'RTX 4090' }).expect(409);
    await app.call('operator', 'delete', `${PATH}/${body.id}`).expect(204);
    await create({ gpu: 'RTX 4090' }).expect(201);
  });

  it('offers one GPU once, however many ask at the same time', async () => {
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await create()).status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(7);
  });

  const bad: [string, object, string[]][] = [
    ['a GPU that the miner does not have', { gpu: 'H100' }, ['/gpu']],
    ['a price finer than a unit', { price_per_hour: 1e-9 }, ['/price_per_hour']],
    ['an end in the past', { available_until: '2020-01-01T00:00:00Z' }, ['/available_until']],
    [
      'an end before its beginning',
      { available_from: '2999-01-02T00:00:00Z', available_until: '2999-01-01T00:00:00Z' },
      ['/available_until'],
    ],
    ['an unknown field and no GPU', { gpu: undefined, memory_mb: 1 }, ['/gpu', '/memory_mb']],
  ];
  it.each(bad)('refuses %s', async (_what, change, pointers) => {
    const { body } = await create(change).expect(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(pointers);
  });

  it('takes offers from the operator of the miner only', async () => {
    await app.call('client', 'post', PATH, { gpu: 'T4', price_per_hour: 1 }).expect(403);
    await app.call('rival', 'post', PATH, { gpu: 'T4', price_per_hour: 1, miner_id: 'm-1' }).expect(404);
    await create({ miner_id: 'm-1' }).expect(201);
  });

  it('goes to one client until that client releases it', async () => {
    const id = await offer();
    const { body, headers } = await act('client', id, 'book').expect(200);
    expect(body).toMatchObject({ status: 'booked', booked_by: 'client', booked_at: expect.any(String) });
    expect(headers['etag']).toBe('"2"');
    await act('other', id, 'book').expect(409);
    await act('client', id, 'book').expect(409);
    await act('other', id, 'release').expect(403);
    const released = await act('client', id, 'release').expect(200);
    expect(released.body).toMatchObject({ status: 'available', booked_by: null, booked_at: null });
    await act('client', id, 'release').expect(409);
    await act('other', id, 'book').expect(200);
    await act('root', id, 'release').expect(200);
  });

  it('shows who holds it to the parties and to admins only', async () => {
    const id = await offer();
    await act('client', id, 'book').expect(200);
    const seenBy = async (subject: string): Promise<unknown> => (await get(id, subject).expect(200)).body.booked_by;
    expect(await seenBy('client')).toBe('client');
    expect(await seenBy('operator')).toBe('client');
    expect(await seenBy('root')).toBe('client');
    expect(await seenBy('other')).toBeNull();
  });

  it('is held by exactly one of many clients that book at the same time', async () => {
    const id = await offer();
    const bookers = Array.from({ length: 16 }, (_none, n) => (n % 2 === 0 ? 'client' : 'other'));
    const answers = await Promise.all(bookers.map((subject) => act(subject, id, 'book').then((answer) => answer)));
    const [won, ...more] = answers.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15);
    expect((await get(id, 'root')).body.booked_by).toBe(won?.body.booked_by);
  });

  it('is held by one client, too, when several processes take bookings of one database', async () => {
    const other = await openCoordinatorApp(context, app);
    const id = await offer();
    const answers = await Promise.all(
      [app, other, app, other, app, other].map((door, n) =>
        door.call(n < 3 ? 'client' : 'other', 'post', `${PATH}/${id}/book`).then((answer) => answer),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 200)?.body.booked_by;
    expect((await get(id, 'root')).body.booked_by).toBe(winner);
  });

  it('answers a repeated booking with the same key again, in whose place no other can come', async () => {
    const id = await offer();
    const book = () => act('client', id, 'book').set('Idempotency-Key', 'book-1');
    const first = await book().expect(200);
    const second = await book().expect(200);
    expect([second.body, second.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    const sent = { gpu: 'RTX 4090', price_per_hour: 1 };
    const make = () => app.call('operator', 'post', PATH, sent).set('Idempotency-Key', 'offer-1');
    expect((await make().expect(201)).body.id).toBe((await make().expect(201)).body.id);
  });

  it('can not be booked before its time, after it, or when it is withdrawn', async () => {
    const early = await offer({ available_from: '2999-01-01T00:00:00Z' });
    await act('client', early, 'book').expect(409);
    const late = await offer({ gpu: 'RTX 4090', available_until: '2999-01-01T00:00:00Z' });
    await expire(late);
    expect((await get(late)).body.status).toBe('expired');
    await act('client', late, 'book').expect(409);
    await app.call('operator', 'delete', `${PATH}/${early}`).expect(204);
    const { body } = await act('client', early, 'book').expect(409);
    expect(body.detail).toContain('withdrawn');
    await act('client', 'offer_unknown', 'book').expect(404);
    await act('client', 'offer%00', 'book').expect(404);
  });

  it('is withdrawn by its operator or an admin, while nobody holds it, in the version that was seen', async () => {
    const id = await offer();
    await app.call('client', 'delete', `${PATH}/${id}`).expect(403);
    await app.call('rival', 'delete', `${PATH}/${id}`).expect(403);
    await act('client', id, 'book').expect(200);
    await app.call('operator', 'delete', `${PATH}/${id}`).expect(409);
    await act('client', id, 'release').expect(200);
    await app.call('operator', 'delete', `${PATH}/${id}`).set('If-Match', '"1"').expect(412);
    await app.call('operator', 'delete', `${PATH}/${id}`).set('If-Match', '"3"').expect(204);
    await app.call('root', 'delete', `${PATH}/${id}`).expect(409);
    expect((await get(id)).body.status).toBe('withdrawn');
  });

  it('ends with the miner, whoever holds it', async () => {
    const [held, free] = [await offer(), await offer({ gpu: 'RTX 4090' })];
    await act('client', held, 'book').expect(200);
    await app.call('operator', 'delete', '/miners/m-1').expect(204);
    for (const id of [held, free]) expect((await get(id)).body).toMatchObject({ status: 'withdrawn', booked_by: null });
    await create({ miner_id: 'm-1' }).expect(404);
  });

  it('is found by each of its properties', async () => {
    const t4 = await offer({ region: 'us' });
    const cheap = await offer({ gpu: 'RTX 4090', price_per_hour: 0.1 });
    const dear = await offer({ gpu: 'RTX 4090', price_per_hour: 2 });
    await act('client', dear, 'book').expect(200);
    await expire(cheap);
    expect(await list('')).toEqual([dear, cheap, t4]);
    expect(await list('?gpu=T4')).toEqual([t4]);
    expect(await list('?min_vram_gb=16')).toEqual([dear, cheap, t4]);
    expect(await list('?min_vram_gb=16.5')).toEqual([dear, cheap]);
    expect(await list('?max_price=0.12345678')).toEqual([cheap, t4]);
    expect(await list('?region=us')).toEqual([t4]);
    expect(await list('?status=available')).toEqual([t4]);
    expect(await list('?status=expired')).toEqual([cheap]);
    expect(await list('?status=booked')).toEqual([dear]);
    expect(await list('?mine=true')).toEqual([dear]);
    expect(await list('?mine=true', 'operator')).toEqual([dear, cheap, t4]);
    expect(await list('?mine=true', 'other')).toEqual([]);
    await app.call('operator', 'delete', `${PATH}/${t4}`).expect(204);
    expect(await list('')).toEqual([dear, cheap]);
    expect(await list('?status=withdrawn')).toEqual([t4]);
  });

  it('is listed page by page, with the total when asked', async () => {
    const all = [await offer(), await offer({ gpu: 'RTX 4090' }), await offer({ gpu: 'RTX 4090' })].reverse();
    const first = await app.call('client', 'get', `${PATH}?limit=2&count=true`).expect(200);
    expect(first.headers['x-total-count']).toBe('3');
    const rest = await list(`?limit=2&cursor=${first.body.next_cursor}`);
    expect([...first.body.items.map(({ id }: { id: string }) => id), ...rest]).toEqual(all);
  });
});
