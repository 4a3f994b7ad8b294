import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@aitbc/shared-core';
import { ADMIN_KEY } from '@aitbc/shared-core/testing';
import express from 'express';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const PATH = '/api/v1/agent/agents';

let opened: OpenCoordinator[];
let servers: Server[];
beforeEach(() => {
  opened = [];
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close().closeAllConnections();
  for (const each of opened) await each.close();
});

async function coordinator(variables: Record<string, string>): Promise<OpenCoordinator> {
  const each = await openCoordinator(variables);
  opened.push(each);
  return each;
}

async function listen(app: express.Express, port = 0): Promise<string> {
  const server = app.listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Tells what it was asked, and the caller's address as an app of ours would. */
function mirror(): express.Express {
  const app = express().set('trust proxy', 'loopback');
  return app.use((req, res) => void res.json({ url: req.originalUrl, headers: req.headers, ip: req.ip }));
}

describe('the way to agent-management through the coordinator', () => {
  it('leads past its own authentication, limits and body parsing', async () => {
    const { service } = await coordinator({ AGENT_MANAGEMENT_URL: await listen(mirror()) });
    const id = newId('req');
    const answer = await request(service.app)
      .post(`${PATH}?a=%20`)
      .set({ 'X-Api-Key': 'theirs to judge', 'X-Forwarded-For': '198.51.100.7', 'X-Request-Id': id })
      .type('text/plain')
      .send('{')
      .expect(200);
    expect(answer.body).toMatchObject({ url: `${PATH}?a=%20`, ip: '198.51.100.7' });
    expect(answer.body.headers).toMatchObject({ 'x-api-key': 'theirs to judge', 'x-request-id': id });
    expect(answer.headers).not.toHaveProperty('ratelimit');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('is none in a process that only works', async () => {
    const { service } = await coordinator({ ROLE: 'worker', AGENT_MANAGEMENT_URL: await listen(mirror()) });
    await request(service.app).get(PATH).expect(404);
  });

  it('leaves the rest of the API to the coordinator', async () => {
    const { service } = await coordinator({ AGENT_MANAGEMENT_URL: await listen(mirror()) });
    await request(service.app).get('/api/v1/agents').expect(401);
    await request(service.app).get('/api/v1/jobs').set('X-Api-Key', ADMIN_KEY).expect(200);
  });

  it('answers 503 while nobody is there, and the coordinator goes on', async () => {
    const { service } = await coordinator({});
    const starting = performance.now();
    const { body, headers } = await request(service.app).get(PATH).expect(503);
    expect([body.code, headers['retry-after']]).toEqual(['dependency_unavailable', '1']);
    // It was waited for, in case that it restarts.
    expect(performance.now() - starting).toBeGreaterThan(4_000);
    await request(service.app).get('/api/v1/jobs').set('X-Api-Key', ADMIN_KEY).expect(200);
  });

  it('ends at its second pass where it leads back', async () => {
    const routes = express();
    const url = await listen(routes);
    const { service, lines } = await coordinator({ AGENT_MANAGEMENT_URL: url });
    routes.use(service.app);
    const answer = await fetch(`${url}${PATH}`);
    expect([answer.status, await answer.json()]).toEqual([508, expect.objectContaining({ code: 'loop_detected' })]);
    const passes = lines.filter(({ event, route }) => event === 'request' && route === '/api/v1/agent/*');
    expect(passes.map(({ status }) => status)).toEqual([508, 508]);
  });
});
