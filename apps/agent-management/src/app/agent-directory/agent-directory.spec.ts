import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { agentApi, HttpAgentDirectory } from '@aitbc/agent-client';
import { DatabaseAgentDirectory } from '@aitbc/agent-directory';
import type { AgentDirectory } from '@aitbc/contracts';
import { authenticate, generateSigningKey, type Principal, ServiceConnection } from '@aitbc/shared-core';
import { createTestApp, describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { AgentRepository, AgentService } from '../agents';
import { createDirectoryRouter } from './directory.router';

const BOB: Principal = { subject: 'bob', role: 'client', keyId: 'key_bob' };

const COORDINATOR: Principal = { subject: 'coordinator', role: 'service', keyId: 'token:coordinator' };

/** The same directory over HTTP. */
async function served(local: AgentDirectory): Promise<{ directory: AgentDirectory; server: Server }> {
  const identify = authenticate({ authenticate: () => Promise.resolve(COORDINATOR) });
  const { app } = createTestApp((routes) => routes.use('/api/v1/agent', identify, createDirectoryRouter(local)));
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const connection = new ServiceConnection({ service: 'the agent service', token: () => Promise.resolve('t') });
  const { port } = server.address() as AddressInfo;
  return { directory: new HttpAgentDirectory(agentApi(connection, `http://127.0.0.1:${port}`)), server };
}

describeOnEngines('the agent directory', (engine) => {
  describe.each(['the database', 'HTTP'])('by %s', (way) => {
    let agents: AgentService;
    let directory: AgentDirectory;
    let server: Server | undefined;
    beforeAll(async () => {
      const db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
      agents = new AgentService(db, new AgentRepository(db));
      directory = new DatabaseAgentDirectory(db);
      if (way === 'HTTP') ({ directory, server } = await served(directory));
    });
    afterAll(() => {
      server?.closeAllConnections();
      server?.close();
    });

    it('tells the coordinator what it may know of an agent', async () => {
      const public_key = generateSigningKey().jwk;
      const { id } = await agents.register(BOB, { public_key, capabilities: ['sing'], name: 'Ann' });
      const summary = { agentId: id, ownerId: 'bob', name: 'Ann', lifecycle: 'registered', capabilities: ['sing'] };
      expect(await directory.find(id)).toEqual(summary);
      await agents.changeLifecycle(BOB, id, 'retired');
      expect(await directory.find(id)).toEqual({ ...summary, lifecycle: 'retired' });
    });

    it('knows nothing of an agent that is not there', async () => {
      expect(await directory.find('nobody')).toBeUndefined();
    });

    it('counts agents that are registered, active and online', async () => {
      const before = await directory.counts();
      const { id } = await agents.register(BOB, { public_key: generateSigningKey().jwk.x, capabilities: [] });
      await agents.changeLifecycle(BOB, id, 'active');
      await agents.heartbeat(BOB, id, {});
      const { registered, active, online } = before;
      expect(await directory.counts()).toEqual({ registered: registered + 1, active: active + 1, online: online + 1 });
    });
  });
});
