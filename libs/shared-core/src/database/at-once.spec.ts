import sqlite3 from 'sqlite3';
import { describeOnEngines } from '../testing/database-engines';
import { temporaryFolder } from '../testing/temporary-folder';
import { waitFor } from '../testing/wait-for';
import type { Database, DatabaseEngine, ExpectedStatement } from './database';
import { jsonRows } from './dialect';
import { openDatabase } from './open-database';
import { SqliteHandle } from './sqlite/sqlite-handle';

const THINGS = 'CREATE TABLE things (id varchar(20) PRIMARY KEY, n integer NOT NULL)';

const insertOn =
  (engine: DatabaseEngine) =>
  (...ids: string[]): ExpectedStatement => ({
    sql: `INSERT INTO things (id, n) SELECT b.id, b.n FROM ${jsonRows(engine, '$1', 'b', { id: 'text', n: 'integer' })}
      WHERE true ON CONFLICT (id) DO UPDATE SET n = things.n + excluded.n`,
    parameters: [JSON.stringify(ids.map((id) => ({ id, n: 1 })))],
    expected: ids.length,
  });
const raise = (id: string, expected?: number): ExpectedStatement => ({
  sql: 'UPDATE things SET n = n + $2 WHERE id = $1',
  parameters: [id, 10],
  ...(expected === undefined ? {} : { expected }),
});
const count = (expected: number): ExpectedStatement => ({
  sql: 'SELECT count(*) FROM things WHERE n >= $1',
  parameters: [1],
  expected,
});
const bad = (sql: string): ExpectedStatement => ({ sql, parameters: ['y'] });

const stored = (db: Database) =>
  db.readSql((sql) => sql.query<{ id: string; n: number }>('SELECT id, n FROM things ORDER BY id'));

describeOnEngines('a transaction that is known beforehand', ({ engine, openDatabase: open }) => {
  const insert = insertOn(engine);
  let db: Database;

  beforeAll(async () => {
    db = await open({ entities: [], migrations: [] });
    await db.writeSet((sql) => sql.query(THINGS));
  });
  beforeEach(() => db.writeSet((sql) => sql.query('DELETE FROM things')));

  describe.each(['set', 'unit'] as const)('as a %s', (as) => {
    it('is written whole', async () => {
      const before = db.stats();
      expect(await db.writeAtOnce(as, () => [count(0), insert('a', 'b')])).toBe(true);
      expect(await db.writeAtOnce(as, () => [count(2), insert('c'), raise('b', 1), raise('nobody')])).toBe(true);
      expect(await stored(db)).toEqual([
        { id: 'a', n: 1 },
        { id: 'b', n: 11 },
        { id: 'c', n: 1 },
      ]);
      const { batches, unitsCommitted } = db.stats();
      expect([batches - before.batches, unitsCommitted - before.unitsCommitted]).toEqual([2, 2]);
    });

    it.each([
      ['an update meets other rows than expected', () => [insert('x'), raise('nobody', 1)]],
      ['a question has another answer', () => [insert('x'), count(5)]],
      ['a statement fails', () => [insert('x'), bad('INSERT INTO things (id) VALUES ($1)')]],
      ['one of which nothing is expected fails', () => [bad('INSERT INTO things (id) VALUES ($1)'), insert('x')]],
      ['it does not compile', () => [insert('x'), bad('INSERT INTO nowhere VALUES ($1)')]],
      ['it is called off', () => undefined],
      [
        'it cannot be built',
        () => {
          throw new Error('no');
        },
      ],
    ])('writes nothing when %s', async (_, build) => {
      expect(await db.writeAtOnce(as, build)).toBe(false);
      expect(await stored(db)).toEqual([]);
      expect(await db.writeAtOnce(as, () => [insert('next')])).toBe(true);
      expect(await stored(db)).toEqual([{ id: 'next', n: 1 }]);
    });
  });

  it('takes texts as they are, and leaves a $1 inside a literal alone', async () => {
    const text = `it's "$1"; DROP TABLE things`;
    const sql = `INSERT INTO things (id, n) SELECT substr($1, 1, 20), length('$1') WHERE CAST($2 AS integer) = 7`;
    expect(await db.writeAtOnce('set', () => [{ sql, parameters: [text, 7], expected: 1 }])).toBe(true);
    expect(await stored(db)).toEqual([{ id: text.slice(0, 20), n: 2 }]);
  });

  it('as a unit refuses one of two that each rely on what the other changes', async () => {
    await db.writeAtOnce('set', () => [insert('a', 'b')]);
    const relying = (on: string, change: string) =>
      db.writeAtOnce('unit', () => [
        { sql: 'SELECT n FROM things WHERE id = $1', parameters: [on], expected: 1 },
        raise(change, 1),
      ]);
    for (let round = 0; round < 20; round += 1) {
      const written = await Promise.all([relying('a', 'b'), relying('b', 'a')]);
      expect(written.filter(Boolean)).toHaveLength(1);
      await db.writeSet((sql) => sql.query('UPDATE things SET n = 1'));
    }
  });

  it('is refused inside a unit of work, which would wait for itself', async () => {
    const inside = db.write(() => db.writeAtOnce('set', () => [insert('a')]));
    await expect(inside).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('a transaction that is known beforehand, on SQLite', () => {
  const insert = insertOn('sqlite');
  const folder = temporaryFolder();
  let db: Database;
  let path: string;
  let files = 0;

  beforeEach(async () => {
    path = folder.file(`${(files += 1)}.db`);
    db = await openDatabase({ url: `sqlite:${path}`, entities: [], migrations: [] });
    await db.writeSet((sql) => sql.query(THINGS));
  });
  afterEach(() => db.close());
  afterAll(() => folder.remove());

  async function holdLock(): Promise<() => Promise<void>> {
    const other = new SqliteHandle(new sqlite3.Database(path));
    await other.execute('BEGIN IMMEDIATE');
    return async () => {
      await other.execute('ROLLBACK');
      await other.close();
    };
  }

  it('has its turn among units of work, and sees what came before', async () => {
    const order: string[] = [];
    const unit = db.writeSet(async (sql) => {
      order.push('unit');
      await sql.query(`INSERT INTO things VALUES ('first', 1)`);
    });
    const atOnce = db.writeAtOnce('set', () => (order.push('at once'), [raise('first', 1)]));
    const last = db.writeSet(async (sql) => {
      order.push('last');
      await sql.query(`UPDATE things SET n = n * 2`);
    });
    await Promise.all([unit, last]);
    expect(await atOnce).toBe(true);
    expect(order).toEqual(['unit', 'at once', 'last']);
    expect(await stored(db)).toEqual([{ id: 'first', n: 22 }]);
  });

  it('waits while another process writes, for so long', async () => {
    const release = await holdLock();
    const patient = db.writeAtOnce('set', () => [insert('patient')]);
    await waitFor(() => db.stats().retries > 0);
    await release();
    expect(await patient).toBe(true);
    const hurried = await openDatabase({ url: `sqlite:${path}`, entities: [], migrations: [], lockWaitMs: 300 });
    const again = await holdLock();
    await expect(hurried.writeAtOnce('set', () => [insert('impatient')])).rejects.toMatchObject({
      code: 'dependency_unavailable',
    });
    await again();
    await hurried.close();
    expect(await stored(db)).toEqual([{ id: 'patient', n: 1 }]);
  });
});
