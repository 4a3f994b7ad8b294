import { generateSigningKey, type Principal } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { AgentRepository, AgentService } from '../agents';
import { LocalAgentDirectory } from './local-agent-directory';
import { PublicReceipts } from './public-receipts';

const BOB: Principal = { subject: 'bob', role: 'client', keyId: 'key_bob' };

describeOnEngines('the agent directory in one process', (engine) => {
  let agents: AgentService;
  let directory: LocalAgentDirectory;
  beforeAll(async () => {
    const db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    const repository = new AgentRepository(db);
    agents = new AgentService(db, repository);
    directory = new LocalAgentDirectory(repository, new PublicReceipts(db));
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
