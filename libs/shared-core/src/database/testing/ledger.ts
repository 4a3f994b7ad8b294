import { EntityManager, EntitySchema, MigrationInterface, QueryRunner } from 'typeorm';
import type { Database } from '../database';

/** The tables that the tests of the door write to; the same on both engines. */
export interface Counter {
  id: string;
  value: number;
}

export interface Entry {
  id: string;
  unit: number;
  /** True in units that are going to be rolled back: no reader may ever see one. */
  doomed: boolean;
  counterId: string;
}

export const CounterEntity = new EntitySchema<Counter>({
  name: 'Counter',
  tableName: 'counters',
  columns: { id: { type: 'varchar', length: 60, primary: true }, value: { type: 'integer' } },
});

export const EntryEntity = new EntitySchema<Entry>({
  name: 'Entry',
  tableName: 'entries',
  columns: {
    id: { type: 'varchar', length: 60, primary: true },
    unit: { type: 'integer' },
    doomed: { type: 'boolean' },
    counterId: { type: 'varchar', length: 60, name: 'counter_id' },
  },
});

class CreateLedger1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE counters (id varchar(60) PRIMARY KEY, value integer NOT NULL)');
    await runner.query(
      `CREATE TABLE entries (
         id varchar(60) PRIMARY KEY,
         unit integer NOT NULL,
         doomed boolean NOT NULL,
         counter_id varchar(60) NOT NULL REFERENCES counters (id) DEFERRABLE INITIALLY DEFERRED
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE entries');
    await runner.query('DROP TABLE counters');
  }
}

class AddFirstCounter1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO counters (id, value) VALUES ('shared', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM counters WHERE id = 'shared'`);
  }
}

/** A counter named `shared` is there from the start. */
export const LEDGER = {
  entities: [CounterEntity, EntryEntity],
  migrations: [CreateLedger1700000000000, AddFirstCounter1700000000001],
};

/** An entry of the shared counter. */
export function entry(id: string, changes: Partial<Entry> = {}): Entry {
  return { id, unit: 0, doomed: false, counterId: 'shared', ...changes };
}

export function insertEntry(manager: EntityManager, id: string) {
  return manager.insert(EntryEntity, entry(id));
}

/** The ids of the entries that are committed, in their order. */
export async function committedIds(database: Database): Promise<string[]> {
  const entries = await database.read((manager) => manager.find(EntryEntity, { order: { id: 'ASC' } }));
  return entries.map(({ id }) => id);
}
