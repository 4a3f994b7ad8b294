import type { EntityManager } from 'typeorm';
import { describeOnEngines } from '../testing/database-engines';
import type { Database, SqlRunner } from './database';
import { isForeignKeyViolation, isUniqueViolation } from './sql-errors';
import { committedIds, CounterEntity, entry, EntryEntity, insertEntry, LEDGER } from './testing/ledger';

const ENDED = /has ended/;
const DOOMED = /a part of the unit of work failed/;

describeOnEngines('a unit of work', (context) => {
  let database: Database;

  beforeAll(async () => {
    database = await context.openDatabase(LEDGER);
  });
  beforeEach(() => database.write((manager) => manager.clear(EntryEntity)));

  const committed = () => committedIds(database);

  it('gives what its work returned, after the commit', async () => {
    expect(await database.write((manager) => insertEntry(manager, 'a').then(() => 7))).toBe(7);
    expect(await committed()).toEqual(['a']);
  });

  it('leaves nothing when its work throws', async () => {
    const attempt = database.write(async (manager) => {
      await insertEntry(manager, 'a');
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect(await committed()).toEqual([]);
  });

  it('takes save, and a nested transaction as a savepoint', async () => {
    await database.write(async (manager) => {
      await manager.save(EntryEntity, entry('a'));
      await manager.transaction((nested) => nested.save(EntryEntity, entry('b')));
      const failing = manager.transaction(async (nested) => {
        await nested.save(EntryEntity, entry('c'));
        throw new Error('only this part');
      });
      await expect(failing).rejects.toThrow('only this part');
    });
    expect(await committed()).toEqual(['a', 'b']);
  });

  it('is not seen from outside before its commit', async () => {
    const inserted = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const unit = database.write(async (manager) => {
      await insertEntry(manager, 'a');
      inserted.resolve();
      await looked.promise;
    });
    await inserted.promise;
    const seen = await committed();
    looked.resolve();
    await unit;
    expect(seen).toEqual([]);
    expect(await committed()).toEqual(['a']);
  });

  describe('that calls the door again', () => {
    it('reads its own changes', async () => {
      const counts = await database.write(async (manager) => {
        await insertEntry(manager, 'a');
        const viaManager = await database.read((reader) => reader.count(EntryEntity));
        const [viaSql] = await database.readSql((sql) => sql.query<{ n: number }>('SELECT count(*) AS n FROM entries'));
        return [viaManager, viaSql?.n];
      });
      expect(counts).toEqual([1, 1]);
    });

    it('is joined by write and writeSet: one commit for all', async () => {
      const before = database.stats().unitsCommitted;
      await database.write(async (manager) => {
        await insertEntry(manager, 'a');
        await database.write((inner) => insertEntry(inner, 'b'));
        await database.writeSet((sql) => sql.query(`INSERT INTO entries VALUES ('c', 0, false, 'shared')`));
      });
      expect(await committed()).toEqual(['a', 'b', 'c']);
      expect(database.stats().unitsCommitted - before).toBe(1);
    });

    it.each(['write', 'writeSet'] as const)(
      'is rolled back by a failed inner %s, even one that it caught',
      async (call) => {
        const fail = () => Promise.reject(new Error('inner'));
        const attempt = database.write(async (manager) => {
          await insertEntry(manager, 'a');
          await expect(database[call](fail)).rejects.toThrow('inner');
        });
        await expect(attempt).rejects.toMatchObject({
          message: expect.stringMatching(DOOMED),
          cause: new Error('inner'),
        });
        expect(await committed()).toEqual([]);
      },
    );

    it('refuses write inside writeSet, and reads in it', async () => {
      const attempt = database.writeSet(async (sql) => {
        await sql.query(`INSERT INTO entries VALUES ('a', 0, false, 'shared')`);
        expect(await database.read((manager) => manager.count(EntryEntity))).toBe(1);
        await database.write((manager) => insertEntry(manager, 'b'));
      });
      await expect(attempt).rejects.toThrow('cannot join');
      expect(await committed()).toEqual([]);
    });
  });

  describe('that has ended', () => {
    it('refuses every later use of its manager and its runner', async () => {
      let kept: EntityManager | undefined;
      let runner: SqlRunner | undefined;
      await database.write(async (manager) => {
        kept = manager;
        await database.readSql(async (sql) => {
          runner = sql;
        });
      });
      await expect(kept?.find(EntryEntity)).rejects.toThrow(ENDED);
      await expect(kept?.save(EntryEntity, entry('a'))).rejects.toThrow(ENDED);
      await expect(kept?.transaction((nested) => insertEntry(nested, 'a'))).rejects.toThrow(ENDED);
      await expect(runner?.query('SELECT 1 AS one')).rejects.toThrow(ENDED);
    });

    it('is not joined by what it left running: that is a unit of its own', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      let left: Promise<unknown> = Promise.resolve();
      const outer = database.write(async (manager) => {
        await insertEntry(manager, 'a');
        left = gate.then(() => database.write((inner) => insertEntry(inner, 'b')));
        throw new Error('outer');
      });
      await expect(outer).rejects.toThrow('outer');
      release();
      await left;
      expect(await committed()).toEqual(['b']);
    });

    it('keeps what a Promise.all left behind out of the next unit', async () => {
      const attempt = database.write((manager) =>
        Promise.all([
          Promise.reject(new Error('early')),
          insertEntry(manager, 'a'),
          insertEntry(manager, 'b'),
          insertEntry(manager, 'c'),
        ]),
      );
      const next = database.write((manager) => insertEntry(manager, 'next'));
      await expect(attempt).rejects.toThrow('early');
      await next;
      expect(await committed()).toEqual(['next']);
    });
  });

  it('is rolled back when it returns before its statements have ended', async () => {
    let stray: Promise<unknown> = Promise.resolve();
    const attempt = database.write(async (manager) => {
      stray = insertEntry(manager, 'a');
    });
    await expect(attempt).rejects.toThrow('returned before');
    await stray.catch(() => undefined);
    expect(await committed()).toEqual([]);
  });

  describe('with a failed statement', () => {
    it('is rolled back although it caught the failure', async () => {
      const attempt = database.write(async (manager) => {
        await insertEntry(manager, 'a');
        await expect(insertEntry(manager, 'a')).rejects.toThrow();
      });
      await expect(attempt).rejects.toThrow(DOOMED);
      expect(await committed()).toEqual([]);
    });

    it('goes on when the failure stayed inside a nested transaction', async () => {
      await database.write(async (manager) => {
        await insertEntry(manager, 'a');
        const nested = manager.transaction((inner) => insertEntry(inner, 'a'));
        await expect(nested).rejects.toThrow();
        await insertEntry(manager, 'b');
      });
      expect(await committed()).toEqual(['a', 'b']);
    });

    it('cannot keep the rest of a nested transaction that caught the failure', async () => {
      await database.write(async (manager) => {
        const nested = manager.transaction(async (inner) => {
          await insertEntry(inner, 'a');
          await insertEntry(inner, 'a').catch(() => undefined);
        });
        await expect(nested).rejects.toThrow();
        await insertEntry(manager, 'b');
      });
      expect(await committed()).toEqual(['b']);
    });

    it('tells the kind of violation', async () => {
      const twice = database.writeSet(async (sql) => {
        for (let n = 0; n < 2; n += 1) await sql.query(`INSERT INTO entries VALUES ('a', 0, false, 'shared')`);
      });
      const error: unknown = await twice.catch((reason: unknown) => reason);
      expect([isUniqueViolation(error), isForeignKeyViolation(error)]).toEqual([true, false]);
      const dangling = database.write((manager) => manager.insert(EntryEntity, entry('x', { counterId: 'none' })));
      const failure: unknown = await dangling.catch((reason: unknown) => reason);
      expect([isUniqueViolation(failure), isForeignKeyViolation(failure)]).toEqual([false, true]);
    });
  });

  it.each(['COMMIT', 'rollback', ' BEGIN', 'SAVEPOINT mine', 'INSERT OR ROLLBACK INTO entries VALUES (1)'])(
    'may not control its transaction: %s',
    async (sql) => {
      await expect(database.writeSet((runner) => runner.query(sql))).rejects.toThrow('by the database door only');
      await expect(database.readSql((runner) => runner.query(sql))).rejects.toThrow('by the database door only');
    },
  );

  it('cannot be reached by the back of its manager', async () => {
    await database.write(async (manager) => {
      expect(() => manager.connection.createQueryRunner()).toThrow('database door');
    });
  });

  it('cannot be had from read', async () => {
    await expect(database.read((manager) => insertEntry(manager, 'a'))).rejects.toThrow(/read-?only/);
    await expect(database.read((manager) => manager.save(EntryEntity, entry('a')))).rejects.toThrow();
    await expect(database.read((manager) => manager.transaction(() => Promise.resolve()))).rejects.toThrow();
    await expect(database.readSql((sql) => sql.query('DELETE FROM counters'))).rejects.toThrow(/read-?only/);
    expect(await database.read((manager) => manager.count(CounterEntity))).toBe(1);
  });
});
