import { type Database, openDatabase } from '@aitbc/shared-core';
import type { Effect } from './run-record';

/** The effects of steps, in a database of the supervisor's own that no fault touches. */
export class EffectLog {
  private constructor(private readonly db: Database) {}

  static async open(file: string): Promise<EffectLog> {
    const db = await openDatabase({ url: `sqlite:${file}`, entities: [], migrations: [] });
    await db.writeSet((sql) => sql.query('CREATE TABLE effects (key TEXT NOT NULL, at INTEGER NOT NULL)'));
    return new EffectLog(db);
  }

  /** Resolves when it is stored. */
  async add(key: string): Promise<void> {
    await this.db.writeSet((sql) => sql.query('INSERT INTO effects (key, at) VALUES ($1, $2)', [key, Date.now()]));
  }

  all(): Promise<Effect[]> {
    return this.db.readSql((sql) => sql.query<Effect>('SELECT key, at FROM effects ORDER BY at'));
  }

  close(): Promise<void> {
    return this.db.close();
  }
}
