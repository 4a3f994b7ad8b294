import type { Database } from './database';
import { DatabaseDoor } from './database-door';
import { OpenDatabaseOptions, withDefaults } from './database-options';
import { PostgresEngine } from './postgres/postgres-engine';
import { SqliteEngine } from './sqlite/sqlite-engine';

/**
 * Opens the database that `url` names, brings its schema up to date and prepares it, under a lock between processes.
 * Rejects when it cannot be reached, when a migration fails, or when SQLite cannot be made durable.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const settings = withDefaults(options);
  const path = sqlitePath(options.url);
  const adapter = path
    ? await SqliteEngine.open(path, settings)
    : await PostgresEngine.open(postgresUrl(options.url), settings);
  return new DatabaseDoor(adapter, settings.logger);
}

function sqlitePath(url: string): string | undefined {
  if (!url.startsWith('sqlite:')) return undefined;
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  if (path === '') throw new Error('the database URL names no file: sqlite:<path>');
  return path;
}

function postgresUrl(url: string): string {
  if (/^postgres(ql)?:\/\//.test(url)) return url;
  // The URL itself may hold a password.
  throw new Error('the database URL must begin with sqlite: or postgres://');
}
