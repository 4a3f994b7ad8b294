import { DataSource } from 'typeorm';
import { platformEntities, platformMigrations } from './platform-schema';

describe('the platform migrations', () => {
  it('make exactly the schema that the entities describe, and go down and up again', async () => {
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
      for (let undone = 0; undone < platformMigrations.length; undone += 1) await source.undoLastMigration();
      expect(await source.query(`SELECT name FROM sqlite_master WHERE name LIKE '%api_keys%'`)).toEqual([]);
      await source.runMigrations();
      expect(await source.getRepository('ApiKeyEntity').count()).toBe(0);
    } finally {
      await source.destroy();
    }
  });
});
