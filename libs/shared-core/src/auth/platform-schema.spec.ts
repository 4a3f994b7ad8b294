import { DataSource } from 'typeorm';
import { platformEntities, platformMigrations } from './platform-schema';

describe('the platform migration', () => {
  it('makes exactly the schema that the entities describe, and goes down and up again', async () => {
    const source = new DataSource({
      type: 'sqlite',
      database: ':memory:',
      entities: platformEntities,
      migrations: platformMigrations,
    });
    await source.initialize();
    try {
      await source.runMigrations();
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
      await source.undoLastMigration();
      await source.runMigrations();
      expect(await source.getRepository('ApiKeyEntity').count()).toBe(0);
    } finally {
      await source.destroy();
    }
  });
});
