import type { EntityManager } from 'typeorm';

/**
 * Entities from the rows of a hand-written `SELECT` of their columns, as TypeORM reads them: for statements that run so
 * often that building them anew takes longer than running them. Columns that were not selected are left out.
 */
export function hydratedRows<Entity extends object>(
  { connection }: Pick<EntityManager, 'connection'>,
  entity: new () => Entity,
  rows: readonly object[],
): Entity[] {
  if (rows.length === 0) return [];
  const { driver } = connection;
  const { columns } = connection.getMetadata(entity);
  const selected = columns.filter(({ databaseName }) => databaseName in (rows[0] ?? {}));
  return rows.map((row) => {
    const hydrated = new entity();
    const values = row as Readonly<Record<string, unknown>>;
    for (const column of selected) {
      column.setEntityValue(hydrated, driver.prepareHydratedValue(values[column.databaseName], column));
    }
    return hydrated;
  });
}
