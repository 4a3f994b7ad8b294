import { describeOnEngines } from '../testing/database-engines';
import type { Database, SqlRunner } from './database';
import { jsonRows } from './dialect';
import { GatheredReads } from './gathered-reads';

describeOnEngines('gathered reads', (context) => {
  let db: Database;
  let batches: (readonly string[])[];
  let reads: GatheredReads<number>;

  beforeAll(async () => {
    db = await context.openDatabase({ entities: [], migrations: [] });
    await db.writeSet((sql) => sql.query('CREATE TABLE things (id varchar(20) PRIMARY KEY, n integer NOT NULL)'));
  });

  const store = (id: string, n: number) =>
    db.writeSet((sql) => sql.query('INSERT INTO things (id, n) VALUES ($1, $2)', [id, n]));

  async function readThings(sql: SqlRunner, keys: readonly string[]): Promise<Map<string, number>> {
    batches.push(keys);
    const rows = await sql.query<{ id: string; n: number }>(
      `SELECT t.id, t.n FROM ${jsonRows(db.engine, '$1', 'k', { id: 'text' })} JOIN things t ON t.id = k.id`,
      [JSON.stringify(keys.map((id) => ({ id })))],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  beforeEach(async () => {
    batches = [];
    reads = new GatheredReads(db, readThings);
    await db.writeSet((sql) => sql.query('DELETE FROM things'));
  });

  it('give each caller its own, and nothing for a key that is not there', async () => {
    await store('a', 1);
    await store('b', 2);
    const found = await Promise.all(['b', 'a', 'none', 'a'].map((key) => reads.get(key)));
    expect(found).toEqual([2, 1, undefined, 1]);
    expect(batches).toEqual([['b', 'a', 'none']]);
  });

  it('read many keys in bounded statements', async () => {
    const keys = Array.from({ length: 250 }, (_, n) => `k${n}`);
    await Promise.all(keys.map((key, n) => store(key, n)));
    expect(await Promise.all(keys.map((key) => reads.get(key)))).toEqual(keys.map((_, n) => n));
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('begin after they were asked for, so that what was committed before is seen', async () => {
    const running = reads.get('a');
    await store('a', 1);
    expect(await reads.get('a')).toBe(1);
    await running;
  });

  it('see the changes of the unit in which they are asked for, and nobody else does', async () => {
    await db.write(async (manager) => {
      await manager.query(`INSERT INTO things (id, n) VALUES ('mine', 7)`);
      expect(await reads.get('mine')).toBe(7);
    });
    expect(batches).toEqual([['mine']]);
  });

  it('pass a failure to all who wait for it, and go on', async () => {
    const broken = jest.spyOn(db, 'readSql').mockRejectedValueOnce(new Error('the disk is gone'));
    const outcomes = await Promise.allSettled([reads.get('a'), reads.get('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken.mockRestore();
    expect(await reads.get('a')).toBeUndefined();
  });
});
