import { SqliteFile } from '../load/sqlite-file';

/** Digits at the end of an id that number the copies. */
const COUNTER = 12;

/** Every second row belongs to somebody else. */
const OWNER = `CASE WHEN n % 2 = 0 THEN owner_id ELSE 'somebody-' || n % 100 END`;

/** Each table that a workflow has rows in, and its column of the workflow's id. */
const WORKFLOW_TABLES = [
  ['ai_agent_workflows', 'id'],
  ['ai_agent_workflow_versions', 'workflow_id'],
  ['agent_steps', 'workflow_id'],
  ['ai_agent_workflow_tags', 'workflow_id'],
] as const;

/** Copies of a row, numbered `from` to `to`, both included. */
interface Copies {
  readonly table: string;
  readonly idColumn: string;
  /** Expressions of columns that differ from the original: `n` is the number of the copy. */
  readonly others: Readonly<Record<string, string>>;
  readonly templateId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Fills the database with copies of a workflow that was created through the API, whatever columns it has. Every second one
 * belongs to somebody else, and every tenth is such a one that is public.
 */
export async function seedWorkflows(databaseFile: string, templateId: string, count: number): Promise<void> {
  const others = { owner_id: OWNER, is_public: 'n % 10 = 1' };
  await inSeeding(databaseFile, async (database) => {
    for (const [table, idColumn] of WORKFLOW_TABLES) {
      await copy(database, { table, idColumn, others, templateId, from: 1, to: count });
    }
  });
}

/** Executions a transaction: the write-ahead log stays small. */
const EXECUTIONS_AT_ONCE = 100_000;

/**
 * Fills the database with copies of an execution that has ended: rows of executions only, without steps and events. Every
 * second one belongs to somebody else.
 */
export async function seedExecutions(databaseFile: string, templateId: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += EXECUTIONS_AT_ONCE) {
    const to = Math.min(count, from + EXECUTIONS_AT_ONCE - 1);
    const others = { owner_id: OWNER };
    await inSeeding(databaseFile, (database) =>
      copy(database, { table: 'agent_executions', idColumn: 'id', others, templateId, from, to }),
    );
  }
}

/** The id of a copy. Ids go on from the original's own, as those of later ones would. */
export function copyId(templateId: string, n: number): string {
  return templateId.slice(0, -COUNTER) + String(n).padStart(COUNTER, '0');
}

/** One statement, whatever columns the table has. */
async function copy(database: SqliteFile, copies: Copies): Promise<void> {
  const { table, idColumn, others, templateId, from, to } = copies;
  const names = (await database.all<{ name: string }>(`PRAGMA table_info(${table})`)).map(({ name }) => name);
  const id = `substr($id, 1, length($id) - ${COUNTER}) || printf('%0${COUNTER}d', n)`;
  const values = names.map((name) => (name === idColumn ? id : (others[name] ?? name)));
  await database.run(
    `WITH RECURSIVE numbers(n) AS (SELECT $from UNION ALL SELECT n + 1 FROM numbers WHERE n < $to)
     INSERT INTO ${table} (${names.join(', ')})
     SELECT ${values.join(', ')} FROM numbers CROSS JOIN ${table} WHERE ${idColumn} = $id`,
    { $id: templateId, $from: from, $to: to },
  );
}

async function inSeeding(databaseFile: string, work: (database: SqliteFile) => Promise<void>): Promise<void> {
  const database = await SqliteFile.open(databaseFile);
  await database.run('PRAGMA foreign_keys = OFF');
  await database.run('BEGIN IMMEDIATE');
  await work(database);
  await database.run('COMMIT');
  await database.run('PRAGMA wal_checkpoint(TRUNCATE)');
  await database.close();
}
