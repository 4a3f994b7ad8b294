import request from 'supertest';
import { generateSigningKey } from '../crypto/ed25519';
import { signJws, verifyJws } from '../crypto/jws';
import { createTestApp } from '../testing/http-test-app';
import { authenticate } from './authenticate';
import { principalOf } from './principal';
import { ServiceTokens } from './service-tokens';

const ISSUER = 'https://coordinator.test';
const NOW = 1_800_000_000;
const ours = generateSigningKey();
const stranger = generateSigningKey();
const keys = {
  signer: async () => ({ sign: (payload: string, typ: string) => signJws(payload, ours, typ) }),
  verifyShortLived: async (jws: string, typ: string) =>
    verifyJws(jws, (kid) => (kid === ours.kid ? ours : undefined), typ),
};
let now = NOW * 1_000;
const tokens = new ServiceTokens(
  keys,
  () => ISSUER,
  () => now,
);
const good = { iss: ISSUER, aud: 'aitbc', sub: 'agent-management', role: 'service', iat: NOW, exp: NOW + 900 };
const token = (change: object = {}, key = ours, typ = 'at+jwt') =>
  signJws(JSON.stringify({ ...good, ...change }), key, typ);

beforeEach(() => {
  now = NOW * 1_000;
});

describe('a service token', () => {
  it('says who the service is, for five minutes', async () => {
    const issued = await tokens.issue('agent-management');
    const principal = { subject: 'agent-management', role: 'service', keyId: 'token:agent-management' };
    expect(await tokens.authenticate(issued)).toEqual(principal);
    now += 299_999;
    expect(await tokens.authenticate(issued)).toEqual(principal);
    now += 1;
    expect(await tokens.authenticate(issued)).toBeUndefined();
  });

  it('is supplied again and again, and renewed with a minute to spare', async () => {
    const supply = tokens.supply('agent-management');
    const first = await supply();
    now += 240_000;
    expect(await supply()).toBe(first);
    now += 1;
    const second = await supply();
    expect(second).not.toBe(first);
    expect(await tokens.authenticate(second)).toMatchObject({ subject: 'agent-management' });
  });

  it('is supplied again after it could not be issued', async () => {
    let broken = true;
    const signer = () => (broken ? Promise.reject(new Error('no database')) : keys.signer());
    const supply = new ServiceTokens({ ...keys, signer }, () => ISSUER).supply('agent-management');
    await expect(supply()).rejects.toThrow('no database');
    broken = false;
    expect(await supply()).toMatch(/^eyJ/);
  });

  it('is issued for sane names only', async () => {
    await expect(tokens.issue('a b')).rejects.toThrow(TypeError);
  });

  it('may last 15 minutes at most, and come from a clock that is 5 s ahead', async () => {
    expect(await tokens.authenticate(token())).toBeDefined();
    expect(await tokens.authenticate(token({ iat: NOW + 5 }))).toBeDefined();
  });

  it.each<[string, string]>([
    ['of another issuer', token({ iss: 'https://elsewhere.test' })],
    ['for somebody else', token({ aud: 'other' })],
    ['for several audiences', token({ aud: ['aitbc', 'other'] })],
    ['of another role', token({ role: 'admin' })],
    ['without a subject', token({ sub: undefined })],
    ['with a subject that is no name', token({ sub: 'a\nb' })],
    ['that has expired', token({ iat: NOW - 10, exp: NOW })],
    ['that never expires', token({ exp: undefined })],
    ['that expires as text', token({ exp: String(NOW + 60) })],
    ['that lasts too long', token({ exp: NOW + 901 })],
    ['without a beginning', token({ iat: undefined })],
    ['from the future', token({ iat: NOW + 6 })],
    ['that is not valid yet', token({ nbf: NOW + 6 })],
    ['that ends before it begins', token({ iat: NOW + 4, exp: NOW + 3 })],
    ['signed by a stranger', token({}, stranger)],
    ['of another type', token({}, ours, 'JWT')],
    ['that is a receipt', token({}, ours, 'aitbc-receipt+jws')],
    ['with a changed payload', changedPayload(token())],
    ['without a signature', token().replace(/[^.]*$/, '')],
    ['that says it needs none', unsigned()],
    ['with claims that are no object', signJws('null', ours, 'at+jwt')],
    ['with claims that are no JSON', signJws('{', ours, 'at+jwt')],
    ['that is no token', 'eyJ.x.y'],
  ])('%s is refused', async (_what, credential) => {
    expect(await tokens.authenticate(credential)).toBeUndefined();
  });

  it('is no excuse for a key store that fails', async () => {
    const broken = { ...keys, verifyShortLived: () => Promise.reject(new Error('no database')) };
    await expect(new ServiceTokens(broken, () => ISSUER).authenticate(token())).rejects.toThrow('no database');
  });
});

describe('a service token at the edge', () => {
  const apiKeys = { authenticate: async (key: string) => ({ subject: key, role: 'client', keyId: 'k' }) as const };
  const { app } = createTestApp((routes) => {
    routes.use(authenticate(apiKeys, tokens));
    routes.get('/me', (req, res) => void res.json(principalOf(req)));
  });

  it('is taken as a bearer, and only there', async () => {
    const { body } = await request(app).get('/me').set('Authorization', `Bearer ${token()}`).expect(200);
    expect(body).toMatchObject({ subject: 'agent-management', role: 'service' });
    expect((await request(app).get('/me').set('X-Api-Key', token())).body.role).toBe('client');
  });

  it('that is bad is 401, and never tried as a key', async () => {
    await request(app)
      .get('/me')
      .set('Authorization', `Bearer ${token({ aud: 'x' })}`)
      .expect(401);
  });

  it('leaves keys as bearers alone, dots and all', async () => {
    const { body } = await request(app).get('/me').set('Authorization', 'Bearer first.admin.key').expect(200);
    expect(body.subject).toBe('first.admin.key');
  });
});

function changedPayload(jws: string): string {
  const [header = '', , signature = ''] = jws.split('.');
  const payload = Buffer.from(JSON.stringify({ ...good, sub: 'admin' })).toString('base64url');
  return `${header}.${payload}.${signature}`;
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'at+jwt', kid: ours.kid })}.${part(good)}.`;
}
