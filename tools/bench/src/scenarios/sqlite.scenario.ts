import { join } from 'node:path';
import { repeat } from '../load/clients';
import { SqliteFile } from '../load/sqlite-file';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';

const ROWS_A_COMMIT = 200;
/** Characters of a row's document: about those of a workflow, and of what an execution stores for a step. */
const DOCUMENT_LENGTH = 1_500;
const STEP_LENGTH = 300;

/** What the driver can do at most: reads by id through one prepared statement, as many at once as there are clients. */
export const sqliteRead: Scenario = {
  name: 'sqlite-read',
  figures: [{ key: 'rate', what: 'bare sqlite3, prepared read by id', unit: 'a second' }],
  async prepare({ folder, scale }: Bench): Promise<Prepared> {
    const database = await openTable(folder);
    await fill(database, scale.workflows, 'x'.repeat(DOCUMENT_LENGTH));
    const read = await database.prepare('SELECT id, document FROM things WHERE id = ?');
    let next = 0;
    const readOne = async () => {
      next = (next + 7_919) % scale.workflows; // a prime: all rows, in no order that pages of the file have
      const id = idOf(next);
      const row = await read.get<{ id: string; document: string }>(id);
      if (row?.id !== id || row.document.length !== DOCUMENT_LENGTH) throw new Error(`${id} is not there`);
    };
    return {
      async measure() {
        await repeat(CONNECTIONS, scale.warmUpMs, readOne);
        const reads = await repeat(CONNECTIONS, scale.durationMs, readOne);
        return { rate: reads / (scale.durationMs / 1_000) };
      },
      async close() {
        await read.finish();
        await database.close();
      },
    };
  },
};

/** What durable writes can do at most: rows through one prepared statement, 200 a commit, each commit on the disk. */
export const sqliteRows: Scenario = {
  name: 'sqlite-rows',
  figures: [{ key: 'rate', what: `bare sqlite3, rows at ${ROWS_A_COMMIT} a commit, FULL`, unit: 'a second' }],
  async prepare({ folder, scale }: Bench): Promise<Prepared> {
    const database = await openTable(folder);
    return {
      async measure() {
        const startedAt = performance.now();
        let rows = 0;
        while (performance.now() - startedAt < scale.durationMs) {
          await insertGroup(database, rows, ROWS_A_COMMIT, 'x'.repeat(STEP_LENGTH));
          rows += ROWS_A_COMMIT;
        }
        const seconds = (performance.now() - startedAt) / 1_000;
        const [stored] = await database.all<{ count: number }>('SELECT COUNT(*) AS count FROM things');
        if (stored?.count !== rows) throw new Error(`${stored?.count} rows are stored, not ${rows}`);
        return { rate: rows / seconds };
      },
      close: () => database.close(),
    };
  },
};

async function openTable(folder: string): Promise<SqliteFile> {
  const database = await SqliteFile.open(join(folder, 'things.db'));
  await database.run('CREATE TABLE things (id TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID');
  return database;
}

async function fill(database: SqliteFile, count: number, document: string): Promise<void> {
  await database.run('BEGIN');
  await insertRows(database, 0, count, document);
  await database.run('COMMIT');
}

async function insertGroup(database: SqliteFile, from: number, count: number, document: string): Promise<void> {
  await database.run('BEGIN IMMEDIATE');
  await insertRows(database, from, count, document);
  await database.run('COMMIT');
}

async function insertRows(database: SqliteFile, from: number, count: number, document: string): Promise<void> {
  const insert = await database.prepare('INSERT INTO things (id, document) VALUES (?, ?)');
  await Promise.all(Array.from({ length: count }, (_, index) => insert.run(idOf(from + index), document)));
  await insert.finish();
}

/** Ids as long as ours, in ascending order. */
function idOf(index: number): string {
  return `thing_01a20901-4a56-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
