import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** What a question gives of a database file, as a connection of its own sees it: whoever has the file open may go on. */
export function sqliteRows(file: string, sql: string): Record<string, SQLOutputValue>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
