import { DataSource } from 'typeorm';
import { agentContextEntities, agentContextMigrations } from '../index';

/** In memory: this library must stand on TypeORM alone. PostgreSQL is covered where the database door is tested. */
async function openMemory(): Promise<DataSource> {
  const source = new DataSource({
    type: 'sqlite',
    database: ':memory:',
    entities: agentContextEntities,
    migrations: agentContextMigrations,
  });
  return source.initialize();
}

describe('agent context migrations', () => {
  let source: DataSource;
  beforeEach(async () => (source = await openMemory()));
  afterEach(() => source.destroy());

  it('make exactly the schema that the entities describe', async () => {
    await source.runMigrations();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('go up, down and up again, leaving no table behind', async () => {
    await source.runMigrations();
    for (let done = 0; done < agentContextMigrations.length; done += 1) await source.undoLastMigration();
    const left: { name: string }[] = await source.query(`SELECT name FROM sqlite_master WHERE type = 'table'`);
    expect(left.map(({ name }) => name)).toEqual(expect.not.arrayContaining(['agents', 'agent_executions']));
    await source.runMigrations();
    expect(await source.getRepository('Agent').count()).toBe(0);
  });
});
