import { ADMIN_KEY } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const PROBES = ['/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs'];

describe('the role of a process', () => {
  let opened: OpenCoordinator | undefined;
  afterEach(() => opened?.close());

  const statusOf = async (path: string) =>
    (
      await request(opened?.service.app ?? '')
        .get(path)
        .set('X-Api-Key', ADMIN_KEY)
    ).status;

  it.each(['api', 'worker', 'all'])('%s answers the probes', async (role) => {
    opened = await openCoordinator({ ROLE: role });
    opened.service.start();
    for (const path of PROBES) expect([path, await statusOf(path)]).toEqual([path, 200]);
  });

  it.each(['api', 'all'])('%s serves the API', async (role) => {
    opened = await openCoordinator({ ROLE: role });
    expect(await statusOf('/api/v1/jobs')).toBe(200);
  });

  it('worker serves no part of the API, not even to those whose credentials are wrong', async () => {
    opened = await openCoordinator({ ROLE: 'worker' });
    expect(await statusOf('/api/v1/jobs')).toBe(404);
    await request(opened.service.app).get('/api/v1/jobs').set('X-Api-Key', 'guess').expect(404);
  });
});
