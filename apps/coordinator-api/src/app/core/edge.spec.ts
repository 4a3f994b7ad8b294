import { ServiceTokens } from '@aitbc/shared-core';
import { ADMIN_KEY, COORDINATOR } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

describe('the edge of the coordinator', () => {
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  const get = (path: string) => request(opened.service.app).get(path);

  it('shows the metrics of requests, database and queues without credentials', async () => {
    await get('/api/v1/jobs').set('X-Api-Key', ADMIN_KEY).expect(200);
    const { text } = await get('/metrics').expect(200);
    expect(text).toContain('seconds_count{method="GET",route="/api/v1/jobs",status="200"} 1');
    expect(text).toMatch(/^aitbc_db_units_committed_total \d+$/m);
    expect(text).toContain('\naitbc_jobs{state="QUEUED"} 0\n');
  });

  it('tells each key its limit, and probes none', async () => {
    const limited = await get('/api/v1/jobs').set('X-Api-Key', ADMIN_KEY).expect(200);
    expect(limited.headers['ratelimit-policy']).toMatch(/^"key"; q=\d+; w=1; pk=:/);
    expect(limited.headers['ratelimit']).toMatch(/^"key"; r=\d+; t=[01]$/);
    expect((await get('/health').expect(200)).headers).not.toHaveProperty('ratelimit');
  });

  it('tells those whose credentials fail a limit of their own', async () => {
    const { headers } = await get('/api/v1/jobs').set('X-Api-Key', 'guess').expect(401);
    expect(headers['ratelimit-policy']).toMatch(/^"address"; q=\d+; w=1; pk=:/);
  });

  it('lets no answer be run or framed, but Swagger UI work', async () => {
    const answer = await get('/api/v1/jobs').expect(401);
    expect(answer.headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    const page = await get('/docs').expect(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });

  it('lets services in by tokens of its own issuer only', async () => {
    const call = async (issuer: string, status: number) => {
      const token = await new ServiceTokens(opened.service.keys, () => issuer).issue('agent-management');
      await get('/api/v1/jobs').set('Authorization', `Bearer ${token}`).expect(status);
    };
    await call(COORDINATOR, 200);
    await call('http://elsewhere.test', 401);
  });
});
