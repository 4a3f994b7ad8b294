import {
  ApiKeyService,
  authenticate,
  type Database,
  ensureAdminKey,
  IdempotencyRecords,
  platformEntities,
  platformMigrations,
  sha256Hex,
} from '@aitbc/shared-core';
import { createTestApp, describeAboveStores, type TestApp } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { createApiKeyRouter } from './api-key.router';

const ADMIN_KEY = 'aitbc_first_admin_key_of_this_test_database';
const PATH = '/api/v1/admin/api-keys';

describeAboveStores('the API of API keys', (context) => {
  let db: Database;
  let api: TestApp;
  beforeAll(async () => {
    db = await context.openDatabase({
      entities: platformEntities,
      migrations: platformMigrations,
      prepare: async (manager) => void (await ensureAdminKey(manager, ADMIN_KEY)),
    });
    const keys = new ApiKeyService(db);
    api = createTestApp((app) =>
      app.use('/api/v1', authenticate(keys), createApiKeyRouter(keys, new IdempotencyRecords(db))),
    );
  });

  const create = (body: object, key = ADMIN_KEY) => request(api.app).post(PATH).set('x-api-key', key).send(body);
  const list = (key: string) => request(api.app).get(PATH).set('x-api-key', key);
  const revoke = (id: string) => request(api.app).delete(`${PATH}/${id}`).set('x-api-key', ADMIN_KEY);

  it('shows a new key once and keeps only its hash', async () => {
    const { body, headers } = await create({ subject: 'alice', role: 'client', label: 'laptop' }).expect(201);
    expect(body).toMatchObject({
      subject: 'alice',
      role: 'client',
      label: 'laptop',
      expires_at: null,
      revoked_at: null,
    });
    expect(body.api_key).toMatch(/^aitbc_[A-Za-z0-9_-]{43}$/);
    expect(headers['cache-control']).toBe('no-store');
    const listed = await list(ADMIN_KEY).expect(200);
    expect(listed.body.items[0]).toMatchObject({ id: body.id, subject: 'alice' });
    expect(listed.text).not.toContain(body.api_key);
    expect(listed.text).not.toContain(sha256Hex(body.api_key));
  });

  it('lets the key in with its role, until it is revoked', async () => {
    const { body } = await create({ subject: 'second', role: 'admin' }).expect(201);
    await list(body.api_key).expect(200);
    await revoke(body.id).expect(204);
    await list(body.api_key).expect(401);
    await revoke(body.id).expect(204);
    await revoke('key_unknown').expect(404);
  });

  it('makes one key for a request that is repeated, and does not show it twice', async () => {
    const send = () => create({ subject: 'once', role: 'client' }).set('Idempotency-Key', 'k1');
    const { body } = await send().expect(201);
    const { body: problem } = await send().expect(409);
    expect(JSON.stringify(problem)).not.toContain(body.api_key);
    const { body: page } = await list(ADMIN_KEY).expect(200);
    expect(page.items.filter(({ subject }: { subject: string }) => subject === 'once')).toHaveLength(1);
  });

  it('is for admins only', async () => {
    const { body } = await create({ subject: 'alice', role: 'client' }).expect(201);
    await create({ subject: 'alice', role: 'admin' }, body.api_key).expect(403);
    await list(body.api_key).expect(403);
    await request(api.app).get(PATH).expect(401);
  });

  const bad: [string, object, string[]][] = [
    ['nothing', {}, ['/role', '/subject']],
    ['an unknown role', { subject: 'a', role: 'root' }, ['/role']],
    ['an expiry in the past', { subject: 'a', role: 'client', expires_at: '2020-01-01T00:00:00Z' }, ['/expires_at']],
    ['an expiry that is no time', { subject: 'a', role: 'client', expires_at: 'soon' }, ['/expires_at']],
    ['a key of one’s own', { subject: 'a', role: 'client', api_key: 'x' }, ['/api_key']],
  ];
  it.each(bad)('refuses %s', async (_what, body, pointers) => {
    const response = await create(body).expect(422);
    const found = response.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect(found).toEqual(pointers);
  });
});
