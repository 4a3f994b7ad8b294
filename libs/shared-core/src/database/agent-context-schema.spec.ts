import { Agent, agentContextEntities, agentContextMigrations, AgentNetwork } from '@aitbc/shared-domain';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { describeOnEngines } from '../testing/database-engines';

/** The schema of `@aitbc/shared-domain`, here because that library knows no server: its own tests cover SQLite alone. */
describeOnEngines('the schema of the agent context', (context) => {
  let source: DataSource;

  beforeEach(async () => {
    source = new DataSource(optionsFor(await context.freshUrl()));
    await source.initialize();
  });
  afterEach(() => source.destroy());

  const tables = async () => {
    const runner = source.createQueryRunner();
    try {
      const found = await runner.getTables(source.entityMetadatas.map(({ tableName }) => tableName));
      return found.map(({ name }) => name.replace(/^public\./, '')).sort();
    } finally {
      await runner.release();
    }
  };
  const drift = async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  };

  it('is what the entities describe after up, gone after down, and the same after up again', async () => {
    const expected = source.entityMetadatas.map(({ tableName }) => tableName).sort();
    await source.runMigrations();
    expect(await tables()).toEqual(expected);
    expect(await drift()).toEqual([]);
    for (let left = agentContextMigrations.length; left > 0; left -= 1) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    await source.runMigrations();
    expect(await tables()).toEqual(expected);
    expect(await drift()).toEqual([]);
  });

  it('keeps enums to their values, also against SQL that passes the entities by', async () => {
    await source.runMigrations();
    await source.getRepository(Agent).save(anAgent(source));
    const lifecycle = source.query(`UPDATE agents SET lifecycle = 'immortal' WHERE id = 'agent_1'`);
    await expect(lifecycle).rejects.toThrow(/ck_agents_lifecycle/);
    const network = source.getRepository(AgentNetwork).create({ ...aNetwork, coordination: 'none' as never });
    await expect(source.getRepository(AgentNetwork).save(network)).rejects.toThrow(/ck_agent_networks_coordination/);
  });
});

function optionsFor(url: string): DataSourceOptions {
  const common = { entities: agentContextEntities, migrations: agentContextMigrations };
  return url.startsWith('sqlite:')
    ? { ...common, type: 'sqlite', database: url.slice('sqlite:'.length) }
    : { ...common, type: 'postgres', url };
}

function anAgent(source: DataSource): Agent {
  return source.getRepository(Agent).create({
    id: 'agent_1',
    ownerId: 'alice',
    publicKey: { kty: 'OKP' },
    capabilities: [],
    agentType: 'agent',
    metadata: {},
    lifecycle: 'active',
    status: 'available',
    createdAt: 1,
    updatedAt: 1,
  });
}

const aNetwork = {
  id: 'net_1',
  ownerId: 'alice',
  name: 'a network',
  description: null,
  agents: [],
  createdAt: 1,
  updatedAt: 1,
};
