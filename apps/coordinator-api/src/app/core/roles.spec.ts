import { waitFor } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { ADMIN_KEY, openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const PROBES = ['/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs'];

describe('the role of a process', () => {
  let opened: OpenCoordinator | undefined;
  afterEach(() => opened?.close());

  const statusOf = async (path: string) =>
    (
      await request(opened?.coordinator.app ?? '')
        .get(path)
        .set('X-Api-Key', ADMIN_KEY)
    ).status;

  it.each(['api', 'worker', 'all'])('%s answers the probes', async (role) => {
    opened = await openCoordinator({ ROLE: role });
    opened.coordinator.start();
    for (const path of PROBES) expect([path, await statusOf(path)]).toEqual([path, 200]);
  });

  it.each(['api', 'all'])('%s serves the API', async (role) => {
    opened = await openCoordinator({ ROLE: role });
    expect(await statusOf('/api/v1/agent/executions')).toBe(200);
    expect(await statusOf('/api/v1/jobs')).toBe(200);
  });

  it('worker serves no part of the API, not even to those whose credentials are wrong', async () => {
    opened = await openCoordinator({ ROLE: 'worker' });
    expect(await statusOf('/api/v1/agent/executions')).toBe(404);
    await request(opened.coordinator.app).get('/api/v1/jobs').set('X-Api-Key', 'guess').expect(404);
  });

  it('api runs no execution, and a worker on the same database does', async () => {
    opened = await openCoordinator({ ROLE: 'api' });
    const api = opened.coordinator;
    api.start();
    const call = (method: 'get' | 'post', path: string) =>
      request(api.app)[method](`/api/v1/agent${path}`).set('X-Api-Key', ADMIN_KEY);
    const steps = { a: { name: 'A', step_type: 'data_processing', config: { expression: '1' } } };
    const workflow = await call('post', '/workflows').send({ name: 'W', steps }).expect(201);
    const started = await call('post', `/workflows/${workflow.body.id}/execute`).expect(202);
    const statusNow = async () =>
      String((await call('get', `/executions/${started.body.execution_id}`).expect(200)).body.status);
    // Longer than a worker of this process would take to look.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await statusNow()).toBe('pending');

    const worker = await openCoordinator({ ROLE: 'worker' }, opened.folder);
    worker.coordinator.start();
    await waitFor(async () => (await statusNow()) === 'completed');
    await worker.coordinator.close();
  });
});
