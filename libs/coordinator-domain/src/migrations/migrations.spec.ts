import { DataSource } from 'typeorm';
import { startPostgres, type TestPostgres } from '@aitbc/shared-core/testing';
import { coordinatorEntities, coordinatorMigrations } from '../index';

const TABLES = ['gpu_offers', 'job_chunks', 'job_feed', 'job_receipts', 'jobs', 'miners'];
const schema = { entities: coordinatorEntities, migrations: coordinatorMigrations };

describe.each(['sqlite', 'postgres'] as const)('coordinator migrations (%s)', (engine) => {
  let server: TestPostgres | undefined;
  let source: DataSource;

  beforeAll(async () => {
    server = engine === 'postgres' ? await startPostgres() : undefined;
    const options = server
      ? ({ type: 'postgres', url: await server.createDatabase() } as const)
      : ({ type: 'sqlite', database: ':memory:' } as const);
    source = await new DataSource({ ...options, ...schema }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await server?.stop();
  });

  const tables = async (): Promise<string[]> => {
    const found = await source.createQueryRunner().getTables();
    return found.map(({ name }) => name.replace('public.', '')).filter((name) => TABLES.includes(name));
  };

  it('make exactly the schema that the entities describe', async () => {
    await source.runMigrations();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('go down leaving no table behind, and up again with the feed at its start', async () => {
    for (let undone = 0; undone < coordinatorMigrations.length; undone += 1) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    await source.runMigrations();
    expect((await tables()).sort()).toEqual(TABLES);
    expect(await source.getRepository('JobFeed').find()).toEqual([{ id: 1, lastSeq: 0 }]);
  });
});
