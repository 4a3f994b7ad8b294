import { DataSource, In, IsNull, LessThan, Not } from 'typeorm';
import { Agent, agentContextEntities, agentContextMigrations } from '../index';

/** Find operators must reach the database as operators, whatever the column's transformer does to values. */
describe('a portable column in the criteria', () => {
  let source: DataSource;

  beforeEach(async () => {
    source = new DataSource({
      type: 'sqlite',
      database: ':memory:',
      entities: agentContextEntities,
      migrations: agentContextMigrations,
    });
    await source.initialize();
    await source.runMigrations();
    await source.getRepository(Agent).save([agent('silent', null), agent('heard', 1_000)]);
  });
  afterEach(() => source.destroy());

  function agent(id: string, heardAt: number | null): Agent {
    return source.getRepository(Agent).create({
      id,
      ownerId: 'alice',
      publicKey: { kty: 'OKP' },
      capabilities: [],
      agentType: 'agent',
      metadata: {},
      lifecycle: 'active',
      status: 'available',
      lastReport: heardAt === null ? null : { load: 0 },
      lastHeartbeatAt: heardAt,
      createdAt: 1,
      updatedAt: 1,
    });
  }

  const found = async (where: object) => {
    const agents = await source.getRepository(Agent).find({ where, order: { id: 'ASC' } });
    return agents.map(({ id }) => id);
  };

  it('finds JSON that is there or not', async () => {
    expect(await found({ lastReport: IsNull() })).toEqual(['silent']);
    expect(await found({ lastReport: Not(IsNull()) })).toEqual(['heard']);
  });

  it('finds times by comparison, by list and by absence', async () => {
    expect(await found({ lastHeartbeatAt: LessThan(1_001) })).toEqual(['heard']);
    expect(await found({ lastHeartbeatAt: In([1_000]) })).toEqual(['heard']);
    expect(await found({ lastHeartbeatAt: IsNull() })).toEqual(['silent']);
  });

  it('updates and deletes by absence', async () => {
    await source.getRepository(Agent).update({ lastReport: IsNull() }, { status: 'busy' });
    expect(await found({ status: 'busy' })).toEqual(['silent']);
    await source.getRepository(Agent).delete({ lastHeartbeatAt: Not(IsNull()) });
    expect(await found({})).toEqual(['silent']);
  });
});
