import sqlite3 from 'sqlite3';
import { describeOnEngines } from '../testing/database-engines';
import { temporaryFolder } from '../testing/temporary-folder';
import { waitFor } from '../testing/wait-for';
import type { Database, ExpectedStatement } from './database';
import { jsonRows } from './dialect';
import { openDatabase } from './open-database';
import { SqliteHandle } from './sqlite/sqlite-handle';

const insert = (...ids: string[]): ExpectedStatement => ({
  sql: `INSERT INTO things (id, n) SELECT b.id, b.n FROM ${jsonRows('sqlite', '$1', 'b', { id: 'text', n: 'integer' })}
    WHERE true ON CONFLICT (id) DO UPDATE SET n = things.n + excluded.n`,
  parameters: [JSON.stringify(ids.map((id) => ({ id, n: 1 })))],
  expected: ids.length,
});
const raise = (id: string, expected: number): ExpectedStatement => ({
  sql: 'UPDATE things SET n = n + $2 WHERE id = $1',
  parameters: [id, 10],
  expected,
});
const count = (expected: number): ExpectedStatement => ({
  sql: 'SELECT count(*) FROM things WHERE n >= $1',
  parameters: [1],
  expected,
});

describe('a transaction that is known beforehand', () => {
  const folder = temporaryFolder();
  const opened: Database[] = [];
  let files = 0;
  let db: Database;
  let path: string;

  beforeEach(async () => {
    path = folder.file(`${(files += 1)}.db`);
    db = await openDatabase({ url: `sqlite:${path}`, entities: [], migrations: [], lockWaitMs: 300 });
    opened.push(db);
    await db.writeSet((sql) => sql.query('CREATE TABLE things (id varchar(20) PRIMARY KEY, n integer NOT NULL)'));
  });
  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));
  afterAll(() => folder.remove());

  const stored = () =>
    db.readSql((sql) => sql.query<{ id: string; n: number }>('SELECT id, n FROM things ORDER BY id'));

  async function holdLock(): Promise<() => Promise<void>> {
    const other = new SqliteHandle(new sqlite3.Database(path));
    await other.execute('BEGIN IMMEDIATE');
    return async () => {
      await other.execute('ROLLBACK');
      await other.close();
    };
  }

  it('is written whole, in the order of its statements', async () => {
    expect(await db.writeAtOnce(() => [count(0), insert('a', 'b'), raise('a', 1), count(2)])).toBe(true);
    expect(await db.writeAtOnce(() => [count(2), insert('a'), raise('b', 1), count(2)])).toBe(true);
    expect(await stored()).toEqual([
      { id: 'a', n: 12 },
      { id: 'b', n: 11 },
    ]);
    expect(db.stats()).toMatchObject({ batches: 3, unitsCommitted: 3 });
  });

  it.each([
    ['an update meets other rows than expected', () => [insert('x'), raise('nobody', 1)]],
    ['a question has another answer', () => [insert('x'), count(5)]],
    ['a statement fails', () => [insert('x'), { sql: 'INSERT INTO things (id) VALUES ($1)', parameters: ['y'] }]],
    ['it does not compile', () => [insert('x'), { sql: 'INSERT INTO nowhere VALUES ($1)', parameters: ['y'] }]],
    ['it is called off', () => undefined],
    [
      'it cannot be built',
      () => {
        throw new Error('no');
      },
    ],
  ])('writes nothing when %s', async (_, build) => {
    expect(await db.writeAtOnce(build)).toBe(false);
    expect(await stored()).toEqual([]);
    expect(await db.writeAtOnce(() => [insert('next')])).toBe(true);
    expect(await stored()).toEqual([{ id: 'next', n: 1 }]);
  });

  it('takes texts as they are, and leaves a $1 inside a literal alone', async () => {
    const text = `it's "$1"; DROP TABLE things; -- \u{1f600}`;
    const sql = `INSERT INTO things (id, n) SELECT $1, length('$1') WHERE $2 = 7`;
    expect(await db.writeAtOnce(() => [{ sql, parameters: [text, 7], expected: 1 }])).toBe(true);
    expect(await stored()).toEqual([{ id: text, n: 2 }]);
  });

  it('has its turn among units of work, and sees what came before', async () => {
    const order: string[] = [];
    const unit = db.writeSet(async (sql) => {
      order.push('unit');
      await sql.query(`INSERT INTO things VALUES ('first', 1)`);
    });
    const atOnce = db.writeAtOnce(() => (order.push('at once'), [raise('first', 1)]));
    const last = db.writeSet(async (sql) => {
      order.push('last');
      await sql.query(`UPDATE things SET n = n * 2`);
    });
    await Promise.all([unit, last]);
    expect(await atOnce).toBe(true);
    expect(order).toEqual(['unit', 'at once', 'last']);
    expect(await stored()).toEqual([{ id: 'first', n: 22 }]);
  });

  it('waits while another process writes, for so long', async () => {
    const release = await holdLock();
    const patient = db.writeAtOnce(() => [insert('patient')]);
    await waitFor(() => db.stats().retries > 0);
    await release();
    expect(await patient).toBe(true);
    const again = await holdLock();
    await expect(db.writeAtOnce(() => [insert('impatient')])).rejects.toMatchObject({
      code: 'dependency_unavailable',
    });
    await again();
    expect(await stored()).toEqual([{ id: 'patient', n: 1 }]);
  });

  it('is refused inside a unit of work, which would wait for itself', async () => {
    await expect(db.write(() => db.writeAtOnce(() => [insert('a')]))).rejects.toMatchObject({ code: 'internal' });
  });
});

describeOnEngines('a transaction that is known beforehand', (context) => {
  it('is for SQLite: elsewhere the caller goes the other way', async () => {
    const db = await context.openDatabase({ entities: [], migrations: [] });
    const build = jest.fn(() => [{ sql: 'SELECT 1', parameters: [], expected: 1 }]);
    expect(await db.writeAtOnce(build)).toBe(db.engine === 'sqlite');
    expect(build).toHaveBeenCalledTimes(db.engine === 'sqlite' ? 1 : 0);
  });
});
