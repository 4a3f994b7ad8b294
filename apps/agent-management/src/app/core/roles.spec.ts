import { ADMIN_KEY, waitFor } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openAgentManagement, type OpenAgentManagement } from './testing/open-agent-management';

const PROBES = ['/health', '/metrics', '/.well-known/jwks.json', '/openapi.json', '/docs'];

describe('the role of a process', () => {
  let opened: OpenAgentManagement | undefined;
  afterEach(() => opened?.close());

  const statusOf = async (path: string) =>
    (
      await request(opened?.service.app ?? '')
        .get(path)
        .set('X-Api-Key', ADMIN_KEY)
    ).status;

  it.each(['api', 'worker', 'all'])('%s answers the probes', async (role) => {
    opened = await openAgentManagement({ ROLE: role });
    opened.service.start();
    for (const path of PROBES) expect([path, await statusOf(path)]).toEqual([path, 200]);
  });

  it.each(['api', 'all'])('%s serves the API', async (role) => {
    opened = await openAgentManagement({ ROLE: role });
    expect(await statusOf('/api/v1/agent/executions')).toBe(200);
  });

  it('worker serves no part of the API, not even to those whose credentials are wrong', async () => {
    opened = await openAgentManagement({ ROLE: 'worker' });
    expect(await statusOf('/api/v1/agent/executions')).toBe(404);
    await request(opened.service.app).get('/api/v1/agent/executions').set('X-Api-Key', 'guess').expect(404);
  });

  it('api runs no execution, and a worker on the same database does', async () => {
    opened = await openAgentManagement({ ROLE: 'api' });
    const api = opened.service;
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

    const worker = await openAgentManagement({ ROLE: 'worker' }, opened.folder);
    worker.service.start();
    await waitFor(async () => (await statusNow()) === 'completed');
    await worker.service.close();
  });
});
