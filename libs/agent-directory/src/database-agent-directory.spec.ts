import { type Database, generateSigningKey, platformEntities, platformMigrations } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { Agent, agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import type { ObjectLiteral } from 'typeorm';
import { countAgents, DatabaseAgentDirectory } from './database-agent-directory';

const NOW = 1_800_000_000_000;

describeOnEngines('the directory over the tables of agents', (engine) => {
  let db: Database;
  let directory: DatabaseAgentDirectory;
  beforeAll(async () => {
    db = await engine.openDatabase({
      entities: [...platformEntities, ...agentContextEntities],
      migrations: [...platformMigrations, ...agentContextMigrations],
    });
    directory = new DatabaseAgentDirectory(db, () => NOW);
  });

  async function store(id: string, changes: Partial<Agent> = {}): Promise<void> {
    const times = { createdAt: NOW, updatedAt: NOW, lastHeartbeatAt: NOW };
    const told = {
      name: null,
      encryptionKey: null,
      endpointUrl: null,
      lastReport: null,
      metadata: {},
      agentType: 'agent',
    };
    const publicKey = { ...generateSigningKey().jwk };
    const agent = { id, ownerId: 'alice', publicKey, capabilities: ['sing'], lifecycle: 'active', status: 'available' };
    await db.write((manager) =>
      manager.getRepository<ObjectLiteral>(Agent).insert({ ...times, ...told, ...agent, ...changes }),
    );
  }

  it('counts none where there are none', async () => {
    expect(await directory.counts()).toEqual({ registered: 0, active: 0, online: 0 });
    expect(await directory.receipts({ limit: 5, beforeId: undefined, withCount: true })).toEqual({
      items: [],
      total: 0,
    });
  });

  it('finds an agent of any owner, and nothing where there is none', async () => {
    await store('found', { name: 'Ann', lifecycle: 'retired' });
    const summary = { agentId: 'found', ownerId: 'alice', name: 'Ann', lifecycle: 'retired', capabilities: ['sing'] };
    expect(await directory.find('found')).toEqual(summary);
    expect(await directory.find('lost')).toBeUndefined();
    expect(await directory.find('found\0')).toBeUndefined();
  });

  it('counts those that are not retired, those that are active, and those who were heard of lately', async () => {
    const before = await directory.counts();
    await store('silent', { lastHeartbeatAt: NOW - 3_600_000 });
    await store('suspended', { lifecycle: 'suspended' });
    await store('gone', { lifecycle: 'retired' });
    await store('off', { status: 'offline' });
    const { registered, active, online } = before;
    const after = { registered: registered + 3, active: active + 2, online: online + 1 };
    expect(await countAgents(db, NOW)).toEqual(after);
  });
});
