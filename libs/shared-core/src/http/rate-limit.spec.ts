import request from 'supertest';
import { authenticate, type Principal } from '../auth';
import { createTestApp } from '../testing/http-test-app';
import { waitFor } from '../testing/wait-for';
import { rateLimits } from './rate-limit';

const LIMIT = 3;
/** Longer than any of these tests may take, however busy the machine is. */
const WINDOW_MS = 60_000;
const principal = (keyId: string): Principal => ({ subject: 'alice', role: 'client', keyId });

function limitedApp(windowMs = WINDOW_MS) {
  const { principals, strangers } = rateLimits(LIMIT, windowMs);
  const identify = authenticate({ authenticate: async (key) => (key.startsWith('key_') ? principal(key) : undefined) });
  return createTestApp((routes) => void routes.get('/thing', (_req, res) => void res.json('ok')), {
    beforeBody: (app) => void app.use('/thing', identify, principals, strangers),
  }).app;
}

const times = (count: number, call: () => request.Test) => Promise.all(Array.from({ length: count }, call));
const statuses = (answers: readonly request.Response[]) => answers.map(({ status }) => status).sort();

describe('the rate limit of a key', () => {
  it('lets the key in again when the window is over', async () => {
    const app = limitedApp(200);
    const call = () => request(app).get('/thing').set('X-Api-Key', 'key_a');
    // All at once: one after another they might take longer than the window.
    await waitFor(async () => statuses(await times(LIMIT + 1, call)).includes(429));
    await waitFor(async () => (await call()).status === 200);
  });

  it('answers 429 with Retry-After beyond it', async () => {
    const app = limitedApp();
    const call = () => request(app).get('/thing').set('X-Api-Key', 'key_a');
    const answers = await times(LIMIT + 2, call);
    expect(statuses(answers)).toEqual([200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^(60|5\d)$/),
      'content-type': expect.stringMatching(/^application\/problem\+json/),
    });
    expect(refused?.body.code).toBe('rate_limited');
  });

  it('is told by the RateLimit headers', async () => {
    const { headers } = await request(limitedApp()).get('/thing').set('X-Api-Key', 'key_a').expect(200);
    expect(headers['ratelimit-policy']).toMatch(/^"key"; q=3; w=60; pk=:/);
    expect(headers['ratelimit']).toMatch(/^"key"; r=2; t=(60|5\d)$/);
  });

  it('is each key’s own, and no other’s', async () => {
    const app = limitedApp();
    const answers = await Promise.all(
      ['key_a', 'key_b'].flatMap((key) =>
        Array.from({ length: LIMIT }, () => request(app).get('/thing').set('X-Api-Key', key)),
      ),
    );
    expect(statuses(answers)).toEqual(Array.from({ length: 2 * LIMIT }, () => 200));
  });

  it('spares services of the platform, which ask on behalf of many', async () => {
    const { principals, strangers } = rateLimits(LIMIT, WINDOW_MS);
    const identify = authenticate({
      authenticate: async () => ({ subject: 'agents', role: 'service', keyId: 'token:agents' }),
    });
    const { app } = createTestApp((routes) => void routes.get('/thing', (_req, res) => void res.json('ok')), {
      beforeBody: (routes) => void routes.use('/thing', identify, principals, strangers),
    });
    const answers = await times(LIMIT + 2, () => request(app).get('/thing').set('X-Api-Key', 'any'));
    expect(statuses(answers)).toEqual(Array.from({ length: LIMIT + 2 }, () => 200));
  });

  it('spares the probes', async () => {
    const app = limitedApp();
    const answers = await times(LIMIT * 2, () => request(app).get('/health'));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
  });
});

describe('the rate limit of failed authentication', () => {
  it('answers 429 beyond it, while good keys of the same address are let in', async () => {
    const app = limitedApp();
    const answers = await times(LIMIT + 1, () => request(app).get('/thing').set('X-Api-Key', 'guess'));
    expect(statuses(answers)).toEqual([401, 401, 401, 429]);
    await request(app).get('/thing').set('X-Api-Key', 'key_a').expect(200);
  });

  it('counts by the address that a proxy on this machine names', async () => {
    const app = limitedApp();
    const guess = (address: string) => request(app).get('/thing').set('X-Forwarded-For', address);
    expect(statuses(await times(LIMIT + 1, () => guess('192.0.2.1')))).toEqual([401, 401, 401, 429]);
    await guess('192.0.2.2').expect(401);
  });
});
