import { SqliteFile } from '../load/sqlite-file';

/** Each table that a workflow has rows in, and its column of the workflow's id. */
const TABLES = [
  ['ai_agent_workflows', 'id'],
  ['ai_agent_workflow_versions', 'workflow_id'],
  ['agent_steps', 'workflow_id'],
  ['ai_agent_workflow_tags', 'workflow_id'],
] as const;

/** Every second workflow belongs to somebody else, and every tenth is such a one that is public. */
const OTHERS: Readonly<Record<string, string>> = {
  owner_id: `CASE WHEN n % 2 = 0 THEN owner_id ELSE 'somebody-' || n % 100 END`,
  is_public: 'n % 10 = 1',
};

/**
 * Fills the database with copies of a workflow that was created through the API, in one statement for each table,
 * whatever columns it has. Ids go on from the workflow's own, as those of later ones would.
 */
export async function seedWorkflows(databaseFile: string, templateId: string, count: number): Promise<void> {
  const database = await SqliteFile.open(databaseFile);
  const counter = 12;
  const copyId = `substr($id, 1, length($id) - ${counter}) || printf('%0${counter}x', n)`;
  await database.run('PRAGMA foreign_keys = OFF');
  await database.run('BEGIN IMMEDIATE');
  for (const [table, idColumn] of TABLES) {
    const names = (await database.all<{ name: string }>(`PRAGMA table_info(${table})`)).map(({ name }) => name);
    const values = names.map((name) => (name === idColumn ? copyId : (OTHERS[name] ?? name)));
    await database.run(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count)
       INSERT INTO ${table} (${names.join(', ')})
       SELECT ${values.join(', ')} FROM numbers CROSS JOIN ${table} WHERE ${idColumn} = $id`,
      { $id: templateId, $count: count },
    );
  }
  await database.run('COMMIT');
  await database.close();
}
