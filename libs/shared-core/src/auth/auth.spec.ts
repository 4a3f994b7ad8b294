import request from 'supertest';
import { Database } from '../database/database';
import { newId } from '../ids/ids';
import { describeOnEngines } from '../testing/database-engines';
import { createTestApp } from '../testing/http-test-app';
import { ensureAdminKey } from './api-key';
import { ApiKeyEntity } from './api-key.entity';
import { ApiKeyService } from './api-key.service';
import { authenticate, requireRole } from './authenticate';
import { platformEntities, platformMigrations } from './platform-schema';
import { principalOf } from './principal';

const platform = { entities: platformEntities, migrations: platformMigrations };
const firstPage = { limit: 50, afterId: undefined, offset: 0, withCount: true };

describeOnEngines('API keys', ({ openDatabase }) => {
  let database: Database;
  let keys: ApiKeyService;
  beforeAll(async () => {
    database = await openDatabase(platform);
  });
  beforeEach(() => {
    keys = new ApiKeyService(database);
  });
  afterEach(() => jest.restoreAllMocks());

  const alice = { subject: 'alice', role: 'client' } as const;

  it('are shown once and stored as a hash only', async () => {
    const { key, secret } = await keys.issue({ ...alice, label: 'laptop' });
    expect(secret).toMatch(/^aitbc_[A-Za-z0-9_-]{43}$/);
    const rows = await database.read((manager) => manager.find(ApiKeyEntity));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(await keys.authenticate(secret)).toEqual({ subject: 'alice', role: 'client', keyId: key.id });
  });

  it.each(['', 'x', 'aitbc_', `aitbc_${'A'.repeat(43)}`, "' OR 1=1 --"])('do not let %j in', async (credential) => {
    expect(await keys.authenticate(credential)).toBeUndefined();
  });

  it('stop working when they expire, also while they are believed', async () => {
    const expiresAt = Date.now() + 60_000;
    const { secret } = await keys.issue({ ...alice, expiresAt });
    expect(await keys.authenticate(secret)).toBeDefined();
    jest.spyOn(Date, 'now').mockReturnValue(expiresAt);
    expect(await keys.authenticate(secret)).toBeUndefined();
  });

  it('stop working at once in the process that revokes them, and within 5 s in others', async () => {
    const elsewhere = new ApiKeyService(database);
    const { key, secret } = await keys.issue(alice);
    expect(await keys.authenticate(secret)).toBeDefined();
    expect(await elsewhere.authenticate(secret)).toBeDefined();
    await keys.revoke(key.id);
    expect(await keys.authenticate(secret)).toBeUndefined();
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 5_000);
    expect(await elsewhere.authenticate(secret)).toBeUndefined();
  });

  it('are not believed when a revocation overtakes their look-up', async () => {
    const { key, secret } = await keys.issue(alice);
    const read = database.read.bind(database);
    const spy = jest.spyOn(database, 'read').mockImplementationOnce(async (work) => {
      const row = await read(work);
      await keys.revoke(key.id);
      return row;
    });
    await keys.authenticate(secret);
    spy.mockRestore();
    expect(await keys.authenticate(secret)).toBeUndefined();
  });

  it('are looked up once in 5 s while they are valid', async () => {
    const { secret } = await keys.issue(alice);
    await keys.authenticate(secret);
    const read = jest.spyOn(database, 'read');
    await keys.authenticate(secret);
    expect(read).not.toHaveBeenCalled();
  });

  it('can be revoked twice, but not when they never were', async () => {
    const { key } = await keys.issue(alice);
    await keys.revoke(key.id);
    const [first] = await database.read((manager) => manager.findBy(ApiKeyEntity, { id: key.id }));
    await keys.revoke(key.id);
    const [second] = await database.read((manager) => manager.findBy(ApiKeyEntity, { id: key.id }));
    expect(second?.revokedAt).toBe(first?.revokedAt);
    await expect(keys.revoke(newId('key'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are listed newest first, page by page', async () => {
    const issued = [await keys.issue(alice), await keys.issue(alice), await keys.issue(alice)].map(({ key }) => key.id);
    const page = await keys.list({ ...firstPage, limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual([issued[2], issued[1]]);
    expect(page.total).toBeGreaterThanOrEqual(3);
    const next = await keys.list({ ...firstPage, afterId: page.lastId });
    expect(next.items[0]?.id).toBe(issued[0]);
  });
});

describeOnEngines('the first admin key', ({ openDatabase }) => {
  it('is made once, and printed once', async () => {
    const database = await openDatabase(platform);
    const secret = await database.write((manager) => ensureAdminKey(manager));
    expect(secret).toBeDefined();
    expect(await database.write((manager) => ensureAdminKey(manager))).toBeUndefined();
    expect(await new ApiKeyService(database).authenticate(secret ?? '')).toMatchObject({
      subject: 'admin',
      role: 'admin',
    });
  });

  it('is the bootstrap key when there is one, and then nothing is printed', async () => {
    const database = await openDatabase(platform);
    const bootstrap = 'a-bootstrap-key-of-32-characters';
    expect(await database.write((manager) => ensureAdminKey(manager, bootstrap))).toBeUndefined();
    expect(await new ApiKeyService(database).authenticate(bootstrap)).toMatchObject({ role: 'admin' });
    const later = 'another-bootstrap-key-of-32-chars';
    await database.write((manager) => ensureAdminKey(manager, later));
    expect(await new ApiKeyService(database).authenticate(later)).toBeUndefined();
  });
});

describe('authentication at the edge', () => {
  const principals = new Map([
    ['key-a', { subject: 'root', role: 'admin', keyId: 'key_1' } as const],
    ['key-c', { subject: 'carol', role: 'client', keyId: 'key_2' } as const],
  ]);
  const { app } = createTestApp((routes) => {
    routes.get('/open', (req, res) => void res.json(principalOf(req)));
    routes.use(authenticate({ authenticate: async (credential) => principals.get(credential) }));
    routes.get('/me', (req, res) => void res.json(principalOf(req)));
    routes.get('/admin', requireRole('admin', 'service'), (_req, res) => void res.json('ok'));
  });

  it('takes the key from X-Api-Key or as a bearer token', async () => {
    await request(app).get('/me').set('X-Api-Key', 'key-c').expect(200, principals.get('key-c'));
    await request(app).get('/me').set('Authorization', 'bearer key-c').expect(200);
  });

  it.each([
    ['no credential', {}],
    ['an unknown key', { 'X-Api-Key': 'nobody' }],
    ['an empty key', { 'X-Api-Key': '' }],
    ['another scheme', { Authorization: 'Basic key-c' }],
  ])('answers 401 with a challenge to %s', async (_name, headers) => {
    const response = await request(app).get('/me').set(headers).expect(401);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="aitbc"');
    expect(response.body.code).toBe('unauthenticated');
  });

  it('answers 403 to a role that may not', async () => {
    await request(app).get('/admin').set('X-Api-Key', 'key-c').expect(403);
    await request(app).get('/admin').set('X-Api-Key', 'key-a').expect(200);
  });

  it('stays closed on a route that asks for a principal without authentication', async () => {
    await request(app).get('/open').set('X-Api-Key', 'key-a').expect(401);
  });
});
