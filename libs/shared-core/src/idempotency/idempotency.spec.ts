import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'supertest';
import { AppError } from '../errors/app-error';
import { describeOnEngines } from '../testing/database-engines';
import { waitFor } from '../testing/wait-for';
import { IdempotencyRecordEntity } from './idempotency-record.entity';
import { THINGS, thingsApp, type ThingsApp } from './testing/things-app';
import type { Database } from '../database/database';

const DAY_MS = 24 * 3_600_000;

describeOnEngines('a POST with an Idempotency-Key', (context) => {
  let db: Database;
  let things: ThingsApp;
  let before: number;
  beforeAll(async () => {
    db = await context.openDatabase(THINGS);
  });
  beforeEach(async () => {
    things = thingsApp(db);
    before = await things.count();
  });

  const created = async () => (await things.count()) - before;
  const records = () => db.read((manager) => manager.find(IdempotencyRecordEntity));

  it('is answered again, headers included, without creating again', async () => {
    const first = await things.post('again').expect(201);
    const second = await things.post('again').expect(201);
    expect(second.text).toBe(first.text);
    expect(second.headers).toMatchObject({
      location: first.headers['location'],
      etag: '"1"',
      'content-type': first.headers['content-type'],
      'idempotency-replayed': 'true',
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await created()).toBe(1);
  });

  it('without the key creates each time', async () => {
    await things.post(undefined).expect(201);
    await things.post(undefined).expect(201);
    expect(await created()).toBe(2);
  });

  it('is the same whatever the order of members and whichever key of the principal', async () => {
    const one = await things.post('order', { name: 'x' }).expect(201);
    const two = await things.post('order', { name: 'x' }, { as: 'alice-renewed' }).expect(201);
    expect(two.body.id).toBe(one.body.id);
  });

  it.each([
    ['another subject', { as: 'bob' }],
    ['another role', { as: 'alice-admin' }],
    ['another path', { path: '/others' }],
  ])('is another request for %s', async (_what, options) => {
    const key = `scope ${JSON.stringify(options)}`;
    const one = await things.post(key).expect(201);
    const two = await things.post(key, undefined, options).expect(201);
    expect(two.body.id).not.toBe(one.body.id);
  });

  it.each([
    ['body', { name: 'other' }, '/things'],
    ['body that is not valid', {}, '/things'],
    ['query', { name: 'a' }, '/things?x=1'],
  ])('is 422 with another %s', async (what, body, path) => {
    await things.post(`other ${what}`).expect(201);
    const { body: problem } = await things.post(`other ${what}`, body, { path }).expect(422);
    expect(problem.errors).toEqual([{ pointer: 'Idempotency-Key', message: 'was used with another body' }]);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['not printable', 'a\tb'],
    ['not ASCII', 'clé'],
  ])('is 422 when the key is %s', async (_what, key) => {
    const { body } = await things.post(key).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: 'Idempotency-Key' })]);
    expect(await created()).toBe(0);
  });

  it('takes keys of 200 characters', () => things.post(' ~!"'.padEnd(200, 'k')).expect(201));

  it('is 409 with Retry-After while the first is in flight', async () => {
    const { first, release } = await inFlight('flight');
    const second = await things.post('flight').expect(409);
    expect(second.headers['retry-after']).toBe('1');
    expect(second.body.code).toBe('conflict');
    release();
    const { body } = await first;
    expect((await things.post('flight').expect(201)).body).toEqual(body);
    expect(await created()).toBe(1);
  });

  it('can be sent again when the client left before the answer, which the repeat gets', async () => {
    const server = createServer(things.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    let arrived = 0;
    things.before = () => {
      arrived += 1;
      return gate;
    };
    const headers = { 'X-Api-Key': 'alice', 'Idempotency-Key': 'left', 'Content-Type': 'application/json' };
    const { port } = server.address() as AddressInfo;
    const leaving = sendRequest({ host: '127.0.0.1', port, path: '/things', method: 'POST', headers });
    leaving.on('error', () => undefined).end('{"name":"a"}');
    await waitFor(() => arrived === 1);
    leaving.destroy();
    const closed = once(server, 'close');
    server.close();
    await closed;

    // The first is still at work: this one looks for a record in vain, and finds it in its unit.
    const second = things.post('left').then((answer: Response) => answer);
    await waitFor(() => arrived === 2);
    release();
    expect(await second).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(await created()).toBe(1);
  });

  it('may use its key again when it was refused', async () => {
    await things.post('refused', {}).expect(422);
    await things.post('refused', { name: 'taken' }).expect(409);
    await things.post('refused', { name: 'free' }).expect(201);
  });

  it('leaves no record when its unit fails, so that the repeat creates', async () => {
    const kept = await records();
    things.inside = () => Promise.reject(new Error('disk on fire'));
    await things.post('failed').expect(500);
    things.inside = () => Promise.reject(new AppError('dependency_unavailable', 'later'));
    await things.post('failed').expect(503);
    expect(await records()).toHaveLength(kept.length);
    things.inside = () => Promise.resolve();
    await things.post('failed').expect(201);
    expect(await created()).toBe(1);
  });

  it('is answered 409 again when the answer showed a secret, which is kept nowhere', async () => {
    await things.post('hush', {}, { path: '/secrets' }).expect(201, { secret: 'hush' });
    const { body } = await things.post('hush', {}, { path: '/secrets' }).expect(409);
    expect(body.detail).toMatch(/secret/);
    await things.post('hush', { other: 1 }, { path: '/secrets' }).expect(422);
    expect(JSON.stringify(await records())).not.toContain('hush');
    expect(await created()).toBe(1);
  });

  it('is answered again without a body when it had none', async () => {
    await things.post('none', {}, { path: '/empty' }).expect(204);
    const { headers } = await things.post('none', {}, { path: '/empty' }).expect(204);
    expect(headers['idempotency-replayed']).toBe('true');
  });

  it('is new after 24 hours, swept or not', async () => {
    const first = await things.post('old').expect(201);
    things.now += DAY_MS - 1;
    expect((await things.post('old').expect(201)).body.id).toBe(first.body.id);
    things.now += 1;
    const second = await things.post('old', { name: 'now another' }).expect(201);
    expect(second.headers).not.toHaveProperty('idempotency-replayed');
    expect((await things.post('old', { name: 'now another' }).expect(201)).body).toEqual(second.body);
  });

  it('creates one object each for 200 keys that are sent twice at once', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => `twice-${index}`);
    const answers = await Promise.all(keys.flatMap((key) => [things.post(key), things.post(key)]));
    expect(answers.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
    expect(idsOf(answers).size).toBe(200);
    expect(await created()).toBe(200);
  });

  /** A request that has reached its service, and stays there until it is released. */
  async function inFlight(key: string) {
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    let reached = false;
    things.before = () => {
      reached = true;
      return gate;
    };
    const first = things.post(key).then((answer: Response) => answer);
    await waitFor(() => reached);
    return { first, release };
  }
});

describeOnEngines('two processes that get one Idempotency-Key', (context) => {
  it('create once between them, and both answer alike', async () => {
    const url = await context.freshUrl();
    const [one, two] = [
      thingsApp(await context.openDatabase({ ...THINGS, url })),
      thingsApp(await context.openDatabase({ ...THINGS, url })),
    ];
    const keys = Array.from({ length: 60 }, (_, index) => `both-${index}`);
    const answers = await Promise.all(keys.map((key) => Promise.all([one.post(key), two.post(key)])));
    for (const [first, second] of answers) {
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.text).toBe(first.text);
    }
    expect(await one.count()).toBe(60);
    const replayed = answers.flat().filter(({ headers }) => headers['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(60);
  });

  it('refuse the second of two different bodies that run at once', async () => {
    const url = await context.freshUrl();
    const [one, two] = [
      thingsApp(await context.openDatabase({ ...THINGS, url })),
      thingsApp(await context.openDatabase({ ...THINGS, url })),
    ];
    // Both have looked for a record, and found none, before either creates.
    let arrived = 0;
    const meet = async () => {
      arrived += 1;
      await waitFor(() => arrived === 2);
    };
    one.before = meet;
    two.before = meet;
    const answers = await Promise.all([one.post('k', { name: 'x' }), two.post('k', { name: 'y' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await one.count()).toBe(1);
  });
});

function idsOf(answers: readonly Response[]): Set<unknown> {
  return new Set(answers.filter(({ status }) => status === 201).map(({ body }) => (body as { id: unknown }).id));
}
