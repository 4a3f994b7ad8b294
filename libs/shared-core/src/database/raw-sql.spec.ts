import { describeOnEngines } from '../testing/database-engines';
import type { Database } from './database';
import { databaseTime, jsonRows, readFlag, skipLocked } from './dialect';
import { LEDGER } from './testing/ledger';

interface RawEntry {
  id: string;
  unit: number;
  doomed: unknown;
}

describeOnEngines('raw SQL', (context) => {
  let database: Database;

  beforeAll(async () => {
    database = await context.openDatabase(LEDGER);
  });
  beforeEach(() => database.writeSet((sql) => sql.query('DELETE FROM entries')));

  it('takes numbered parameters in any order and more than once, and leaves literals alone', async () => {
    const rows = await database.readSql((sql) =>
      sql.query(`SELECT $2 || '-' || $1 || '-' || $2 AS joined, '$1' AS literal, '$2''$1' AS "$1" -- $9`, ['a', 'b']),
    );
    expect(rows).toEqual([{ joined: 'b-a-b', literal: '$1', $1: `$2'$1` }]);
  });

  it('gives the rows of RETURNING', async () => {
    const insert = `INSERT INTO entries VALUES ($1, $2, $3, 'shared') RETURNING id, unit, doomed`;
    const [inserted] = await database.writeSet((sql) => sql.query<RawEntry>(insert, ['a', 3, true]));
    expect(inserted).toMatchObject({ id: 'a', unit: 3 });
    expect(readFlag(inserted?.doomed)).toBe(true);
    const updated = await database.writeSet((sql) =>
      sql.query('UPDATE entries SET unit = unit + 1 WHERE doomed = $1 RETURNING unit', [true]),
    );
    expect(updated).toEqual([{ unit: 4 }]);
    expect(await database.writeSet((sql) => sql.query('DELETE FROM entries'))).toEqual([]);
  });

  it('gives the rows of RETURNING through a manager too', async () => {
    const given: unknown = await database.write((manager) =>
      manager.query(`INSERT INTO entries VALUES ('a', 1, false, 'shared') RETURNING id`),
    );
    expect(given).toEqual([{ id: 'a' }]);
  });

  it('reads 64-bit integers and sums as numbers, and refuses those that a number cannot hold', async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    const [row] = await database.readSql((sql) =>
      sql.query(`SELECT CAST('${largest}' AS bigint) AS largest, sum(n) AS total
                 FROM (SELECT CAST(2 AS bigint) AS n UNION ALL SELECT 3) AS numbers`),
    );
    expect(row).toEqual({ largest, total: 5 });
    const unsafe = database.readSql((sql) => sql.query(`SELECT CAST('9007199254740993' AS bigint) AS n`));
    await expect(unsafe).rejects.toThrow(RangeError);
  });

  it('fails with the statement named, and serves the next call', async () => {
    await expect(database.readSql((sql) => sql.query('SELECT nothing FROM nowhere'))).rejects.toMatchObject({
      query: 'SELECT nothing FROM nowhere',
    });
    expect(await database.readSql((sql) => sql.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('serves more distinct statements than it keeps prepared', async () => {
    for (let n = 0; n < 600; n += 1) {
      expect(await database.readSql((sql) => sql.query(`SELECT ${n} AS n`))).toEqual([{ n }]);
    }
  });

  it('writes many units with one statement, and tells which of them still met their condition', async () => {
    const columns = { id: 'text', unit: 'integer', doomed: 'boolean', note: 'text' } as const;
    const batch = jsonRows(database.engine, '$1', 'b', columns);
    const rows = [
      { id: 'a', unit: 1, doomed: true, note: null },
      { id: 'b', unit: Number(2 ** 30), doomed: false },
      { id: `c'"$1`, unit: 3, doomed: false, note: 'x' },
    ];
    const kept = await database.writeSet(async (sql) => {
      await sql.query(
        `INSERT INTO entries (id, unit, doomed, counter_id) SELECT b.id, b.unit, b.doomed, 'shared' FROM ${batch}
         WHERE b.note IS NULL OR b.note = 'x'`,
        [JSON.stringify(rows)],
      );
      const changed = rows.map((row, index) => ({ ...row, unit: index === 1 ? -1 : row.unit, doomed: !row.doomed }));
      return sql.query<{ id: string }>(
        `UPDATE entries SET doomed = b.doomed FROM ${batch}
         WHERE entries.id = b.id AND entries.unit = b.unit RETURNING entries.id`,
        [JSON.stringify(changed)],
      );
    });
    expect(kept.map(({ id }) => id).sort()).toEqual(['a', `c'"$1`]);
    const stored = await database.readSql((sql) => sql.query<RawEntry>('SELECT * FROM entries ORDER BY id'));
    expect(stored.map(({ id, doomed }) => [id, readFlag(doomed)])).toEqual([
      ['a', false],
      ['b', false],
      [`c'"$1`, true],
    ]);
  });

  it('takes an empty batch', async () => {
    const batch = jsonRows(database.engine, '$1', 'b', { id: 'text' });
    expect(await database.readSql((sql) => sql.query(`SELECT b.id FROM ${batch}`, ['[]']))).toEqual([]);
  });

  it('refuses a column name that is none', () => {
    expect(() => jsonRows(database.engine, '$1', 'b', { 'id"; --': 'text' })).toThrow('not a column name');
  });

  it('knows the time of the database in milliseconds', async () => {
    const before = Date.now();
    const [row] = await database.readSql((sql) =>
      sql.query<{ now: number }>(`SELECT ${databaseTime(database.engine)} AS now`),
    );
    expect(row?.now).toBeGreaterThanOrEqual(before - 1);
    expect(row?.now).toBeLessThanOrEqual(Date.now() + 1);
    expect(Number.isInteger(row?.now)).toBe(true);
  });

  it('claims rows', async () => {
    const claim = `SELECT id FROM counters WHERE value >= $1 LIMIT 1 ${skipLocked(database.engine)}`;
    expect(await database.writeSet((sql) => sql.query(claim, [0]))).toEqual([{ id: 'shared' }]);
  });
});

describe('readFlag', () => {
  it.each([null, undefined, 2, 'true'])('refuses %p', (value) => {
    expect(() => readFlag(value)).toThrow(TypeError);
  });
});
