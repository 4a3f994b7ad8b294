import { describeOnEngines } from '../testing/database-engines';
import type { Database, SqlRunner } from './database';
import { jsonRows } from './dialect';
import { GatheredWrites } from './gathered-writes';

interface Thing {
  readonly id: string;
  readonly n: number | null;
}

describeOnEngines('gathered writes', (context) => {
  let db: Database;
  let batches: string[][];

  beforeAll(async () => {
    db = await context.openDatabase({ entities: [], migrations: [] });
    await db.writeSet((sql) => sql.query('CREATE TABLE things (id varchar(20) PRIMARY KEY, n integer NOT NULL)'));
  });

  beforeEach(async () => {
    batches = [];
    await db.writeSet((sql) => sql.query('DELETE FROM things'));
  });

  async function writeThings(sql: SqlRunner, things: readonly Thing[]): Promise<boolean[]> {
    batches.push(things.map(({ id }) => id));
    const written = await sql.query<{ id: string }>(
      `INSERT INTO things (id, n) SELECT b.id, b.n FROM ${jsonRows(db.engine, '$1', 'b', { id: 'text', n: 'integer' })}
        WHERE true ON CONFLICT DO NOTHING RETURNING id`,
      [JSON.stringify(things)],
    );
    return things.map(({ id }) => written.some((one) => one.id === id));
  }

  const gathered = (as: 'set' | 'unit', atMost = 100) =>
    new GatheredWrites(db, writeThings, { as, keyOf: ({ id }: Thing) => id, atMost });

  const stored = () => db.readSql((sql) => sql.query<Thing>('SELECT id, n FROM things ORDER BY id'));

  describe.each(['set', 'unit'] as const)('as a %s', (as) => {
    it('go together when they come together, and each is told its own outcome', async () => {
      const writes = gathered(as);
      await writes.add({ id: 'there', n: 1 });
      const outcomes = await Promise.all(['a', 'there', 'b'].map((id, n) => writes.add({ id, n })));
      expect(outcomes).toEqual([true, false, true]);
      expect(batches).toEqual([['there'], ['a', 'there', 'b']]);
      expect(await stored()).toEqual([
        { id: 'a', n: 0 },
        { id: 'b', n: 2 },
        { id: 'there', n: 1 },
      ]);
    });

    it('keep two of one key, and what is over the limit, for the next batch', async () => {
      const writes = gathered(as, 2);
      const outcomes = await Promise.all(['a', 'a', 'b', 'c'].map((id, n) => writes.add({ id, n })));
      expect(outcomes).toEqual([true, false, true, true]);
      expect(batches).toEqual([
        ['a', 'b'],
        ['a', 'c'],
      ]);
    });

    it('are tried alone when one of them is bad, and only that one fails', async () => {
      const writes = gathered(as);
      const results = await Promise.allSettled([1, null, 3].map((n, index) => writes.add({ id: `t${index}`, n })));
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await stored()).map(({ id }) => id)).toEqual(['t0', 't2']);
    });
  });

  it('belong to nobody’s unit', async () => {
    const writes = gathered('set');
    let added: Promise<boolean> | undefined;
    const unit = db.write(async () => {
      added = writes.add({ id: 'mine', n: 1 });
      throw new Error('rolled back');
    });
    await expect(unit).rejects.toThrow('rolled back');
    expect(await added).toBe(true);
    expect(await stored()).toEqual([{ id: 'mine', n: 1 }]);
  });

  it('run what follows the commit before their callers go on', async () => {
    const order: string[] = [];
    const write = async (sql: SqlRunner, things: readonly Thing[]) => {
      db.afterCommit(() => order.push('follow-up'));
      return writeThings(sql, things);
    };
    const writes = new GatheredWrites(db, write, { as: 'set', keyOf: ({ id }: Thing) => id, atMost: 10 });
    await writes.add({ id: 'a', n: 1 });
    order.push('caller');
    expect(order).toEqual(['follow-up', 'caller']);
  });

  describe('whose usual case is known beforehand', () => {
    const usual = {
      statements: (things: readonly Thing[]) =>
        things.some(({ n }) => n === 99)
          ? undefined
          : [
              {
                sql: `INSERT INTO things (id, n) SELECT b.id, b.n
                  FROM ${jsonRows('sqlite', '$1', 'b', { id: 'text', n: 'integer' })}`,
                parameters: [JSON.stringify(things)],
                expected: things.length,
              },
            ],
      written: (things: readonly Thing[]) => things.map(() => true),
    };
    const careful = () =>
      new GatheredWrites(db, writeThings, { as: 'set', keyOf: ({ id }: Thing) => id, atMost: 10, usual });
    const add = (writes: ReturnType<typeof careful>, ids: readonly string[], n = 1) =>
      Promise.all(ids.map((id) => writes.add({ id, n })));

    it('go that way on SQLite', async () => {
      expect(await add(careful(), ['a', 'b'])).toEqual([true, true]);
      expect(batches).toEqual(db.engine === 'sqlite' ? [] : [['a', 'b']]);
      expect((await stored()).map(({ id }) => id)).toEqual(['a', 'b']);
    });

    it('go the other way, all of the batch, when it is another case or fails', async () => {
      const writes = careful();
      await add(writes, ['there']);
      batches = [];
      expect(await add(writes, ['a', 'there', 'b'])).toEqual([true, false, true]);
      expect(await add(writes, ['c', 'd'], 99)).toEqual([true, true]);
      expect(batches).toEqual([
        ['a', 'there', 'b'],
        ['c', 'd'],
      ]);
      expect((await stored()).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'there']);
    });
  });
});
