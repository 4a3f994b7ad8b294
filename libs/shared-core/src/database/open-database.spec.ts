import type { MigrationInterface } from 'typeorm';
import { describeOnEngines } from '../testing/database-engines';
import { openDatabase } from './open-database';
import { CounterEntity, entry, EntryEntity, LEDGER } from './testing/ledger';

class FailHalfWay1700000000002 implements MigrationInterface {
  async up(runner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
    await runner.query(`INSERT INTO counters (id, value) VALUES ('half', 0)`);
    throw new Error('half way');
  }

  async down(): Promise<void> {
    // Nothing was done.
  }
}

class ChangeCounters1700000000002 implements MigrationInterface {
  /** On SQLite TypeORM builds the table anew: with foreign keys on, the drop would empty what refers to it. */
  async up(runner: Parameters<MigrationInterface['up']>[0]): Promise<void> {
    await runner.renameColumn('counters', 'value', 'total');
  }

  async down(runner: Parameters<MigrationInterface['down']>[0]): Promise<void> {
    await runner.renameColumn('counters', 'total', 'value');
  }
}

describeOnEngines('opening a database', (context) => {
  const count = 'SELECT count(*) AS n FROM';

  it('runs only the migrations that have not run, and keeps the data', async () => {
    const url = await context.freshUrl();
    const first = await context.openDatabase({ url, ...LEDGER });
    await first.write((manager) => manager.insert(EntryEntity, entry('a')));
    await first.close();
    const again = await context.openDatabase({
      url,
      ...LEDGER,
      migrations: [...LEDGER.migrations, ChangeCounters1700000000002],
    });
    expect(await again.readSql((sql) => sql.query('SELECT id, total FROM counters'))).toEqual([
      { id: 'shared', total: 0 },
    ]);
    expect(await again.readSql((sql) => sql.query(`${count} entries`))).toEqual([{ n: 1 }]);
    const dangling = again.writeSet((sql) => sql.query(`INSERT INTO entries VALUES ('x', 0, false, 'none')`));
    await expect(dangling).rejects.toThrow();
  });

  it('leaves nothing of a migration list that fails, and succeeds once it is mended', async () => {
    const url = await context.freshUrl();
    const broken = { ...LEDGER, migrations: [...LEDGER.migrations, FailHalfWay1700000000002] };
    await expect(openDatabase({ url, ...broken })).rejects.toThrow('half way');
    const mended = await context.openDatabase({ url, ...LEDGER });
    expect(await mended.readSql((sql) => sql.query(`${count} counters`))).toEqual([{ n: 1 }]);
  });

  it('prepares on each start, as one transaction, and fails when that fails', async () => {
    const url = await context.freshUrl();
    const failing = openDatabase({
      url,
      ...LEDGER,
      prepare: async (manager) => {
        await manager.insert(CounterEntity, { id: 'made', value: 1 });
        throw new Error('no key');
      },
    });
    await expect(failing).rejects.toThrow('no key');
    let starts = 0;
    for (let start = 0; start < 2; start += 1) {
      const database = await context.openDatabase({
        url,
        ...LEDGER,
        prepare: async (manager) => {
          starts += 1;
          expect(await manager.existsBy(CounterEntity, { id: 'made' })).toBe(false);
          await manager.save(CounterEntity, { id: 'prepared', value: starts });
        },
      });
      expect(await database.readSql((sql) => sql.query(`SELECT value FROM counters WHERE id = 'prepared'`))).toEqual([
        { value: starts },
      ]);
      await database.close();
    }
    expect(starts).toBe(2);
  });

  it('answers ping while it is open', async () => {
    const database = await context.openDatabase(LEDGER);
    await database.ping();
    await database.close();
    await expect(database.ping()).rejects.toMatchObject({ code: 'draining' });
  });
});

describe('a database URL', () => {
  it.each(['', 'mysql://u:secret@h/d', 'sqlite:', '/tmp/file.db'])(
    'is refused, without being repeated: %p',
    async (url) => {
      const error: unknown = await openDatabase({ url, ...LEDGER }).catch((reason: unknown) => reason);
      expect(String(error)).toMatch(/must begin with|names no file/);
      expect(String(error)).not.toContain('secret');
    },
  );

  it('with no read connection is refused', async () => {
    await expect(openDatabase({ url: 'sqlite:unused.db', readers: 0, ...LEDGER })).rejects.toThrow(RangeError);
  });

  it('of a server that does not answer is an error, not a wait for ever', async () => {
    await expect(openDatabase({ url: 'postgres://u:p@127.0.0.1:1/none', ...LEDGER })).rejects.toThrow('ECONNREFUSED');
  });
});
